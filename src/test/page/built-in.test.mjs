// The page of a build with -Dcontent.page=true at BASE, which has no stand-ins: it asks for the draft.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { accessible, base, become, card, close, make, notice, open, shot, STYLES, visit } from './browser.mjs';

before(open);
after(close);

test('it makes the images of a draft, and reads them from its own address', async (t) => {
  const page = await visit({}, t);
  assert.equal(await page.locator('#stand-in').isVisible(), false);
  await page.getByLabel('이벤트 초안 번호').fill('shop-1');
  await make(page);
  await notice(page, 'problem').waitFor();
  assert.match(await notice(page, 'problem').textContent(), /AI 추천을 먼저 선택해주세요.*추천을 먼저 고른 뒤/s);
  page.expectErrors(/status of 404/);
  await accessible(page);
  await shot(page, 'built-in');

  execFileSync('redis-cli', ['-p', process.env.REDIS_PORT, 'SET', 'ai:event:shop-1', '{"eventTitle":"봄날"}']);
  await make(page);
  await become(page, 'COMPLETED');
  for (const style of STYLES) {
    assert.ok((await card(page, style).locator('img').getAttribute('src')).startsWith(base));
    await card(page, style).getByText('second · second-model').waitFor();
  }
});
