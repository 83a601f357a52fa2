// Where words on a page lie over others or are cut: read by test_large_text.py.
() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const inside = (node, selector) => {
    for (let each = node; each; each = each.parentElement ?? each.getRootNode().host) if (each.matches(selector)) return true;
    return false;
  };
  // A map moves under its names, icons are letters only to a machine, and what has no room is there to be heard.
  const unread = '.map, [data-testid="stIconMaterial"], script, style, title, desc, [hidden]';
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const clipped = (element, box) => {
    for (let each = element; each && each !== main; each = each.parentElement ?? each.getRootNode().host) {
      const style = getComputedStyle(each);
      if (style.clipPath.startsWith('inset(50%') || style.clip === 'rect(0px, 0px, 0px, 0px)') return true;
      if (style.overflowX === 'visible' || each.namespaceURI.endsWith('svg')) continue;
      const room = each.getBoundingClientRect();
      if (box.right > room.right + 2 || box.left < room.left - 2 || box.bottom > room.bottom + 2 || box.top < room.top - 2)
        return true;
    }
    return false;
  };
  const words = [], cut = [];
  const name = (text) => text.trim().replace(/\s+/g, ' ').slice(0, 50);
  const read = (root) => {
    for (const each of root.querySelectorAll('*')) {
      if (each.shadowRoot) read(each.shadowRoot);
      if (!each.childNodes.length || !shown(each) || inside(each, unread) || each.namespaceURI.endsWith('svg')) continue;
      const style = getComputedStyle(each), own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (own && ['hidden', 'clip'].includes(style.overflowX) && each.clientWidth > 2 && each.scrollWidth > each.clientWidth + 2)
        cut.push(name(each.textContent));
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || !node.data.trim() || !shown(element) || inside(element, unread)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width < 3 || box.height < 6 || clipped(element, box)) continue;
        const lead = box.height * 0.25; // letters do not fill the height of their line
        words.push({ node, text: name(node.data), left: box.left, right: box.right, top: box.top + lead, bottom: box.bottom - lead });
      }
    }
  };
  read(main);
  words.sort((a, b) => a.top - b.top);
  const over = [];
  words.forEach((one, place) => {
    for (const other of words.slice(place + 1)) {
      if (other.top >= one.bottom - 1) break;
      if (other.node !== one.node && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2)
        over.push(`»${one.text}« over »${other.text}«`);
    }
  });
  return { over, cut };
}
