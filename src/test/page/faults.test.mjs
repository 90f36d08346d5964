// What a person sees when the service, the network or the browser does not do what it should. It changes no mood of the
// stand-ins: the other tests run meanwhile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, become, card, close, make, notice, open, shot, STYLES, visit } from './browser.mjs';
import { job, json, late, link, play, problem } from './service.mjs';

before(open);
after(close);

const jobsIn = (page) => new URL(page.url()).searchParams.getAll('job');

const draftIn = (page) => new URL(page.url()).searchParams.get('draft');

const again = (page, kind) => notice(page, kind).getByRole('button', { name: '다시 보내기' });

/** Its samples have ids, so that nothing is typed. */
const choose = async (page, sample) => {
  await page.getByLabel(sample).check();
  await make(page);
};
const [LATTE, BURGER] = ['봄맞이 딸기 라떼', '버거'];

test('a start that fails can be repeated until it works', async (t) => {
  let lost = /embedded/;
  const page = await visit({
    prepare: (blank) => blank.route(/embedded/,
      (route) => lost.test(route.request().url()) ? route.abort('connectionrefused') : route.continue()),
  }, t);
  const failure = notice(page, 'start');
  await failure.waitFor();
  lost = /embedded.recommendations/;
  await Promise.all([page.waitForEvent('requestfailed'), again(page, 'start').click()]);
  await failure.waitFor();
  assert.equal(await failure.getByRole('button', { name: '닫기' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: '이미지 만들기' }).isDisabled(), true);
  await accessible(page);

  lost = /embedded.mood/;
  await again(page, 'start').click();
  await notice(page, 'not-sent').waitFor();
  assert.equal(await failure.count(), 0);
  assert.equal(await page.getByRole('button', { name: '이미지 만들기' }).isDisabled(), false);
  assert.equal(await page.locator('input[name=sample]').count(), 4);
  lost = /nothing/;
  await again(page, 'not-sent').click();
  await page.locator('#stand-in').waitFor();
  assert.equal(await page.locator('#providers button').count(), 3);
  page.expectErrors(/ERR_CONNECTION_REFUSED/);
});

test('a gateway that fails loses no running job', async (t) => {
  const page = await visit({}, t);
  let status;
  const gateway = (usual) => status ? { status, contentType: 'text/html', body: '<h1>no</h1>' } : usual;
  await play(page, {
    'GET jobs/[^/]+/events': () => gateway(null),
    'GET jobs/(job-([^/]+))': ([, jobId, draft]) => gateway(json(job(jobId, draft, STYLES, 'PROCESSING'))),
  });
  await choose(page, LATTE);
  await page.waitForFunction(() => location.search.includes('job='));
  for (status of [502, 429]) {
    await page.reload();
    await notice(page, 'lost').waitFor();
    await page.waitForResponse((response) => response.status() === status && !response.url().endsWith('/events'));
    assert.equal(await notice(page, 'problem').count(), 0);
  }
  status = undefined;
  await become(page, 'PROCESSING');
  await notice(page, 'lost').waitFor({ state: 'detached' });

  status = 403;
  await page.reload();
  await notice(page, 'problem').waitFor();
  assert.match(await notice(page, 'problem').textContent(), /요청을 처리하지 못했습니다/);
  assert.equal(await page.getByRole('button', { name: '취소' }).isVisible(), false);
  assert.equal(jobsIn(page).length, 1, 'the address keeps the job');
  status = undefined;
  await make(page);
  await page.getByRole('button', { name: '취소' }).waitFor();
  assert.equal(jobsIn(page).length, 1);
  page.expectErrors(/status of (502|429|403)/);
});

test('late answers change nothing of the draft that is shown now', async (t) => {
  const page = await visit({}, t);
  const [regenerated, deleted, generated, gallery] = [late(), late(), late(), late()];
  await play(page, {
    'POST .*/fancy/regenerate': () => regenerated.released,
    'DELETE .*/styles/simple': () => deleted.released,
  });
  await choose(page, LATTE);
  await become(page, 'COMPLETED');
  const latte = draftIn(page);
  await card(page, 'fancy').getByRole('button', { name: '다시 만들기' }).click();
  await card(page, 'simple').getByRole('button', { name: '삭제' }).click();
  await choose(page, BURGER);
  await page.waitForFunction((of) => !location.search.includes(of), latte);
  await become(page, 'COMPLETED');
  const burger = page.url();
  const answers = ['regenerate', 'styles/simple'].map((end) => page.waitForResponse((response) => response.url().endsWith(end)));
  regenerated.release(json({ jobId: `job-${latte}-fancy` }, 202));
  deleted.release({ status: 204 });
  await Promise.all(answers);
  await page.evaluate(() => fetch('page/icon.svg'));
  await become(page, 'COMPLETED');
  assert.equal(page.url(), burger);

  await page.unrouteAll();
  await play(page, { [`POST ${latte}/generate`]: () => generated.released });
  await choose(page, LATTE);
  await choose(page, BURGER);
  const answer = page.waitForResponse((response) => response.url().endsWith(`${latte}/generate`));
  generated.release(json({ jobId: `job-${latte}` }, 202));
  await answer;
  await page.evaluate(() => fetch('page/icon.svg'));
  assert.equal(page.url(), burger);

  // The images that are there now are asked for after a reload.
  await page.unrouteAll();
  let asked = 0;
  await play(page, { [`GET ${draftIn(page)}`]: () => { asked += 1; return gallery.released; } });
  await page.reload();
  await become(page, 'COMPLETED');
  await choose(page, LATTE);
  await page.waitForFunction((of) => location.search.includes(of), latte);
  await become(page, 'COMPLETED');
  assert.ok(asked > 0);
  gallery.release(json({ images: [] }));
  await page.evaluate(() => fetch('page/icon.svg'));
  await become(page, 'COMPLETED');
});

test('an image that was not loaded says so, and is loaded again', async (t) => {
  let answer = problem(503, 'CONTENT_008', '잠시 후 다시 시도해주세요');
  const page = await visit({}, t);
  await play(page, { 'GET files/.*': () => answer });
  await choose(page, LATTE);
  const simple = card(page, 'simple');
  await simple.getByText('이미지를 불러오지 못했습니다').waitFor();
  await page.locator('#preview').getByText('이미지를 불러오지 못했습니다').waitFor();
  await accessible(page);
  await shot(page, 'not-loaded');
  answer = undefined;
  await simple.getByRole('button', { name: '다시 불러오기' }).click();
  await become(page, 'COMPLETED', ['simple']);
  assert.equal(await simple.getByText('이미지를 불러오지 못했습니다').isVisible(), false);
  await page.context().setOffline(true);
  await notice(page, 'offline').waitFor();
  await page.context().setOffline(false);
  await become(page, 'COMPLETED');

  answer = problem(410, 'CONTENT_011', '보관 기간이 지났거나 삭제된 이미지입니다');
  await page.reload();
  await simple.getByText('삭제되었거나 보관 기간이 지난 이미지입니다').waitFor();
  assert.equal(await simple.getByRole('button', { name: '다시 불러오기' }).isVisible(), false);
  page.expectErrors(/status of (503|410)|ERR_INTERNET_DISCONNECTED/);
});

test('a channel for which an image cannot be made says so', async (t) => {
  let answer = () => problem(422, 'CONTENT_012', '이 이미지는 해당 채널용으로 변환할 수 없습니다');
  const page = await visit({}, t);
  const renditions = { mms: { url: link('any', 'simple.mms'), mediaType: 'image/jpeg' } };
  await play(page, {
    'GET files/.*mms.*': () => answer(),
    'GET ([^/]+)': ([, draft]) => json({ images: STYLES.map((style) => ({ style, imageUrl: link(draft, style), renditions })) }),
  });
  await choose(page, LATTE);
  await become(page, 'COMPLETED');
  await page.locator('#channels summary').click();
  const mms = page.locator('[data-channel=mms]');
  await mms.getByText('이 채널에 맞출 수 없는 이미지입니다').waitFor();
  assert.equal(await mms.getByRole('button', { name: '다시 불러오기' }).isVisible(), false);
  await page.getByRole('button', { name: 'English' }).click();
  await mms.getByText('This image cannot be made for this channel').waitFor();
  page.expectErrors(/status of 422/);

  answer = () => undefined;
  await page.getByRole('button', { name: '한국어' }).click();
  await page.reload();
  await become(page, 'COMPLETED');
  await page.locator('#channels summary').click();
  await page.waitForFunction(() => document.querySelector('[data-channel=mms] img')?.naturalWidth > 0);
});

test('what the browser has kept but does not fit is not used', async (t) => {
  const page = await visit({}, t);
  for (const kept of ['{"choice":"9","typed":{"title":"a","text":"b","audience":"c"}}', '{"choice":"own","typed":{"title":1}}', '{"choice":',
    '7']) {
    await page.evaluate((value) => sessionStorage.setItem('event', value), kept);
    await page.reload();
    await page.locator('#generate:enabled').waitFor();
    assert.match(await page.getByLabel('이벤트 제목').inputValue(), new RegExp(LATTE), kept);
  }
});

test('an answer that is not of the service has words, and can be sent again', async (t) => {
  const page = await visit({}, t);
  const answers = [
    { status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' },
    { status: 500, contentType: 'application/json', body: 'null' },
    { status: 429, headers: { 'Retry-After': 'Fri, 01 Jan 2027 00:00:00 GMT' }, body: '' },
    { status: 202, contentType: 'application/json', body: '{"jobId":"cut-in-the-mid' },
    { status: 202, contentType: 'text/html', body: '<h1>Log in</h1>' },
  ];
  const keys = new Set();
  await play(page, {
    'POST .*/generate': (_, request) => {
      keys.add(request.headers()['idempotency-key']);
      return answers.shift();
    },
  });
  await choose(page, LATTE);
  for (let i = 0; i < 3; i++) {
    await notice(page, 'problem').waitFor();
    const words = await notice(page, 'problem').textContent();
    assert.match(words, /요청을 처리하지 못했습니다.*잠시 뒤 다시 보내/s);
    assert.doesNotMatch(words, /HTTP|undefined/);
    const response = page.waitForResponse((each) => each.url().endsWith('/generate'));
    await again(page, 'problem').click();
    await response;
  }
  for (let i = 0; i < 2; i++) {
    await notice(page, 'not-sent').waitFor();
    assert.deepEqual(jobsIn(page), []);
    const response = page.waitForResponse((each) => each.url().endsWith('/generate'));
    await again(page, 'not-sent').click();
    await response;
  }
  await become(page, 'COMPLETED');
  assert.equal(keys.size, 1);
  page.expectErrors(/status of (502|500|429)/);
});

test('the focus stays in the notices when one with the focus ends by itself', async (t) => {
  const page = await visit({}, t);
  await page.locator('#stand-in').waitFor();
  await page.context().setOffline(true);
  await notice(page, 'offline').getByRole('button', { name: '닫기' }).focus();
  await page.context().setOffline(false);
  await notice(page, 'offline').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.id), 'notices');
});

test('cancel reaches each running job, also if one has just ended', async (t) => {
  const page = await visit({}, t);
  let first = problem(409, 'CONTENT_005', '이미 끝난 작업입니다');
  await play(page, {
    'POST ([^/]+)/styles/([^/]+)/regenerate': ([, , style]) => json({ jobId: style }, 202),
    'GET jobs/(simple|fancy)/events': () => null,
    'GET jobs/(simple|fancy)': ([, style]) => json(job(style, 'any', [style], 'PROCESSING')),
    'DELETE jobs/simple': () => first,
    'DELETE jobs/fancy': () => json(job('fancy', 'any', ['fancy'], 'CANCELLED')),
  });
  await choose(page, LATTE);
  await become(page, 'COMPLETED');
  const regenerate = async (style) => {
    const answer = page.waitForResponse((response) => response.url().endsWith(`${style}/regenerate`));
    await card(page, style).getByRole('button', { name: '다시 만들기' }).click();
    await answer;
    await page.evaluate(() => fetch('page/icon.svg'));
    await page.waitForFunction((of) => location.search.includes(`job=${of}`), style);
  };
  await regenerate('simple');
  await regenerate('fancy');
  await page.getByRole('button', { name: '취소' }).click();
  await become(page, 'CANCELLED', ['fancy']);
  assert.equal(await notice(page, 'problem').count(), 0);

  first = problem(503, 'CONTENT_008', '지금은 이용할 수 없습니다');
  await regenerate('fancy');
  await page.getByRole('button', { name: '취소' }).click();
  await notice(page, 'problem').getByText('지금은 이용할 수 없습니다').waitFor();
  await become(page, 'CANCELLED', ['fancy']);
  page.expectErrors(/status of (409|503)/);
});
