// A Chromium for the tests, and what they need of the service beside the page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export const base = process.env.BASE ?? 'http://localhost:8080';
const shots = process.env.SCREENSHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** For a picture on a machine that is busy with other things. */
export const LIMIT = 60_000;

let chrome;

export async function open() {
  chrome = await chromium.launch({ executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--host-resolver-rules=MAP *.example 127.0.0.1'] });
}

export const close = () => chrome.close();

/**
 * A page in a browser that has never been here. Its errors fail the test, unless it takes them by `expectErrors`.
 *
 * @param prepare is called with the page before it is loaded
 */
export async function visit({ address = base, query = '', prepare, ...options } = {}, test) {
  const context = await chrome.newContext({ locale: 'ko-KR', viewport: { width: 1280, height: 1000 }, ...options });
  context.setDefaultTimeout(LIMIT);
  await context.addInitScript({ content: axe });
  const page = await context.newPage();
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => request.url().startsWith(address) || errors.push(`foreign: ${request.url()}`));
  page.expectErrors = (pattern) => {
    const unexpected = errors.splice(0).filter((error) => !pattern.test(error));
    assert.deepEqual(unexpected, []);
  };
  test.after(async () => {
    await context.close();
    assert.deepEqual(errors, [], 'errors in the console');
  });
  await prepare?.(page);
  await page.goto(`${address}/${query}`);
  return page;
}

export async function mood(name) {
  const response = await fetch(`${base}/embedded/mood`,
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ mood: name }) });
  assert.equal(response.status, 200);
}

/** An event of its own for each test and run. */
export async function typeEvent(page, title) {
  await page.getByLabel('직접 쓰기').check();
  await page.getByLabel('이벤트 제목').fill(title);
  await page.getByLabel('소개 글').fill('첫 방문 손님에게 작은 선물을 드립니다');
  await page.getByLabel('알리고 싶은 손님').fill(`새 손님 ${Date.now().toString(36)}`);
}

export const make = (page) => page.getByRole('button', { name: '이미지 만들기' }).click();

export const card = (page, style) => page.locator(`.card[data-style=${style}]`);

export const badge = (page, style, status) => card(page, style).locator(`.badge[data-status=${status}]`);

export const notice = (page, kind) => page.locator(`.notice[data-kind=${kind}]`);

export const STYLES = ['simple', 'fancy', 'trendy'];

/** Until all cards have this state, and the images of finished ones are on the screen. */
export async function become(page, status, styles = STYLES) {
  for (const style of styles) {
    await badge(page, style, status).waitFor();
    if (status === 'COMPLETED') {
      await page.waitForFunction((of) => {
        const image = document.querySelector(`.card[data-style=${of}] img`);
        return image.complete && image.naturalWidth > 0;
      }, style);
    }
  }
}

export async function accessible(page) {
  // Colours are those of the end of an animation.
  await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== 'running'
    || each.effect.getComputedTiming().iterations === Infinity));
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), []);
}

export async function fits(page) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${content} px of content in a window of ${window}`);
}

export async function shot(page, name) {
  if (shots) {
    await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  }
}
