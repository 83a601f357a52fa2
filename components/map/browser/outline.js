/** The outer edge of areas that lie together: edges that two of them share are inside, and are left out. */

/** The edges, as [[lat, lng], [lat, lng]], that belong to one of the areas alone. */
export function outerEdges(areas) {
  const seen = new Map();
  for (const { shape } of areas)
    for (const polygon of shape)
      for (const ring of polygon)
        ring.forEach((from, place) => {
          const to = ring[(place + 1) % ring.length];
          const key = [from, to].map(String).sort().join(" ");
          seen.set(key, seen.has(key) ? null : [from, to]);
        });
  return [...seen.values()].filter(Boolean);
}
