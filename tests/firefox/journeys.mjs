/**
 * Journeys of a reader in Firefox: node journeys.mjs ADDRESS FIREFOX. Prints a line for each step that holds; the first
 * that does not ends it with exit code 1.
 */

import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const [address, program] = process.argv.slice(2);
const PATIENCE = 60_000;
const DESK = { width: 1440, height: 900 }, PHONE = { width: 390, height: 844 };
const RESTING = '[data-testid="stApp"][data-test-script-state="notRunning"]';

const browser = await puppeteer.launch({ browser: "firefox", executablePath: program, headless: true });
let failed = 0;
const complaints = [];

async function reader(viewport) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (/^(https?|wss?):/.test(request.url()) && new URL(request.url()).host !== new URL(address).host)
      complaints.push(`asked elsewhere: ${request.url()}`);
  });
  await page.setViewport(viewport);
  return page;
}

/** Everything in the page and in the shadows of our own elements that a selector finds. */
const deep = (page, selector) =>
  page.evaluate((wanted) => {
    const roots = [document, ...[...document.querySelectorAll("*")].map((each) => each.shadowRoot).filter(Boolean)];
    return roots.reduce((count, root) => count + root.querySelectorAll(wanted).length, 0);
  }, selector);

async function drawn(page) {
  await page.waitForSelector(RESTING);
  await page.waitForFunction(() => !document.querySelector("#first-response, [data-testid=stSkeleton]"));
  await page.waitForFunction(() => document.querySelectorAll("h1").length === 1);
}

const heading = (page) => page.$eval("h1", (each) => each.innerText);
const until = (page, what, ...rest) => page.waitForFunction(what, { polling: 200 }, ...rest);

async function step(what, work) {
  try {
    await work();
    assert.deepEqual(complaints.splice(0), []);
    console.log(`holds: ${what}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILS: ${what}\n  ${error.message}`);
  }
}

const page = await reader(DESK);
await step("the front page opens with its board", async () => {
  await page.goto(`${address}/`);
  await drawn(page);
  assert.ok((await deep(page, ".board tbody tr, .board-frame tbody tr")) >= 8);
});

for (const name of ["Møde", "Tryghedskort", "Udvikling", "Område", "Indsatser", "Om tallene", "Overblik"])
  await step(`the menu leads to ${name}`, async () => {
    const link = await page.waitForSelector(`::-p-xpath(//*[@data-testid="stTopNav"]//a[contains(., "${name}")])`);
    await link.click();
    await until(page, (wanted) => document.querySelector('[aria-current="page"]')?.innerText.includes(wanted), name);
    await drawn(page);
  });

await step("a choice in a list changes title and address", async () => {
  await page.goto(`${address}/tryghedskort`);
  await drawn(page);
  const list = await page.evaluateHandle(() =>
    [...document.querySelectorAll("*")]
      .flatMap((each) => [...(each.shadowRoot?.querySelectorAll("label") ?? [])])
      .find((label) => label.textContent.startsWith("Niveau"))
      .querySelector("select"),
  );
  await list.focus();
  await page.keyboard.type("Kommuner");
  await until(page, () => location.search.includes("niveau=municipality"));
  await drawn(page);
  assert.match(await heading(page), /kommuner/);
});

await step("back brings the view before", async () => {
  assert.match(page.url(), /niveau=municipality/);
  await page.goBack({ waitUntil: "domcontentloaded" });
  await until(page, () => !location.search.includes("niveau=municipality"));
  await until(page, () => document.querySelector("h1")?.innerText.includes("boligområder"));
});

await step("the map draws its areas", async () => {
  await page.goto(`${address}/tryghedskort`);
  await drawn(page);
  await until(page, () =>
    [...document.querySelectorAll("*")].some((each) => each.shadowRoot?.querySelector("path.leaflet-interactive")),
  );
  assert.ok((await deep(page, "path.leaflet-interactive")) >= 8);
});

await step("a picture is read point by point with the keyboard", async () => {
  await page.goto(`${address}/udvikling?omraade=vaerebro-park`);
  await drawn(page);
  assert.ok((await deep(page, "svg.drawing")) >= 2);
  const focused = await page.evaluate(() => {
    for (const each of document.querySelectorAll("*")) {
      const point = each.shadowRoot?.querySelector('svg.drawing [tabindex="0"], .stage [tabindex="0"]');
      if (point) {
        point.focus();
        return each.shadowRoot.activeElement === point;
      }
    }
    return false;
  });
  assert.ok(focused);
});

await step("the figures behind a picture fold out as a table", async () => {
  const fold = await page.waitForSelector("::-p-xpath((//summary[contains(., 'Vis tallene som tabel')])[1])");
  await fold.click();
  await page.waitForSelector(".plain-table td, [data-testid=stDataFrame]");
});

for (const [path, name] of [["was", "the accessibility statement"], ["kilder", "the sources"], ["omraade/vaerebro-park", "an area's page for residents"]])
  await step(`${name} fits a phone`, async () => {
    const plain = await reader(PHONE);
    await plain.goto(`${address}/${path}`);
    assert.equal((await plain.$$("h1")).length, 1);
    const { wide, room } = await plain.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      room: document.documentElement.clientWidth,
    }));
    assert.ok(wide <= room, `${wide} px in ${room}`);
    await plain.close();
  });

const phone = await reader(PHONE);
for (const path of ["", "moede", "tryghedskort", "udvikling", "omraade", "indsatser", "om-tallene"])
  await step(`nothing sticks out on a phone: /${path}`, async () => {
    await phone.goto(`${address}/${path}`);
    await drawn(phone);
    const [wide, room] = await phone.evaluate(() => [
      document.querySelector('[data-testid="stMain"]').scrollWidth,
      document.querySelector('[data-testid="stMain"]').clientWidth,
    ]);
    assert.ok(wide <= room, `${wide} px in ${room}`);
  });

await browser.close();
process.exit(failed ? 1 : 0);
