// What a person sees in a browser, in front of a service in dev mode at BASE.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import {
  accessible, badge, base, become, card, close, fits, make, mood, notice, open, shot, typeEvent, visit,
} from './browser.mjs';
import { problem as problemOf } from './service.mjs';

before(open);
after(close);
afterEach(() => mood('normal'));

test('three images appear without any input', async (t) => {
  await fetch(`${base}/api/content/images/spring-latte`, { method: 'DELETE' });
  const page = await visit({ permissions: ['clipboard-read', 'clipboard-write'] }, t);
  await accessible(page);
  await shot(page, 'start');

  await page.evaluate(() => {
    globalThis.progress = new Set();
    new MutationObserver(() => globalThis.progress.add(document.getElementById('progress').value))
      .observe(document.getElementById('cards'), { subtree: true, attributes: true });
  });
  await make(page);
  await become(page, 'PROCESSING');
  await page.getByRole('progressbar').waitFor();
  await page.waitForFunction(() => /\d+초/.test(document.querySelector('.card .elapsed').textContent));
  await accessible(page);
  await shot(page, 'running');

  await become(page, 'COMPLETED');
  const progress = await page.evaluate(() => [...globalThis.progress]);
  // On a busy machine two may come at once.
  assert.ok([33, 66].some((each) => progress.includes(each)), `one image after the other: ${progress}`);
  assert.match(await page.locator('#status').textContent(), /완료/);
  await accessible(page);
  await shot(page, 'light');

  const link = await card(page, 'fancy').getByRole('link').getAttribute('href');
  await card(page, 'fancy').getByRole('button', { name: '링크 복사' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  const [download] = await Promise.all([page.waitForEvent('download'), card(page, 'fancy').getByRole('link').click()]);
  assert.match(download.suggestedFilename(), /화려한-[0-9-]+\.(png|svg)$/);
  await page.locator('#preview').getByRole('button', { name: '화려한' }).click();
  assert.equal(await page.locator('#preview-image').getAttribute('src'), link);
  assert.equal(await page.locator('#preview-name').textContent(), '봄맞이 딸기 라떼 1+1');

  await make(page);
  assert.match(await notice(page, 'note').textContent(), /요금이 들지 않았습니다/);
});

test('an image is there for each channel, at its ratio, to be downloaded', async (t) => {
  const page = await visit({}, t);
  await typeEvent(page, '채널마다 맞춤');
  await make(page);
  await become(page, 'COMPLETED');
  const channels = page.locator('#channels');
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await channels.locator('summary').click();

  if (/\.svg$/.test(await card(page, 'simple').locator('img').getAttribute('src'))) {
    // Without a Korean font.
    await channels.locator('#no-channels').waitFor();
    return;
  }
  const story = channels.locator('[data-channel=instagram-story]');
  await story.waitFor();
  const items = channels.locator('#channel-list li');
  assert.equal(await items.count(), 9);
  for (let i = 0; i < 9; i++) {
    await items.nth(i).scrollIntoViewIfNeeded();
    const [natural, drawn] = await items.nth(i).locator('img').evaluate(async (image) => {
      await image.decode();
      const { width, height } = image.getBoundingClientRect();
      return [image.naturalWidth / image.naturalHeight, width / height];
    });
    assert.ok(Math.abs(natural / drawn - 1) < 0.02, `a ratio of ${natural} is drawn as ${drawn}`);
  }
  await story.getByText(/1080 × 1920 · JPEG · \d+ KB/).waitFor();
  await accessible(page);
  await shot(page, 'channels');

  const link = story.getByRole('link', { name: '심플 이미지를 인스타그램 스토리 크기로 내려받기' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.match(download.suggestedFilename(), /심플-instagram-story-[0-9-]+\.jpg$/);
  await channels.getByRole('button', { name: '트렌디' }).click();
  await page.waitForFunction(() => /-trendy\.instagram-story\.jpg$/
    .test(document.querySelector('[data-channel=instagram-story] img').src));
  await page.getByRole('button', { name: 'English' }).click();
  await channels.getByText('Naver blog').waitFor();
  assert.ok(requests.filter((url) => url.endsWith('.jpg')).length >= 9);
  assert.equal(await card(page, 'fancy').getByRole('link').count(), 1);
});

test('a second tap starts nothing new', async (t) => {
  const page = await visit({}, t);
  await typeEvent(page, '두 번 누르기');
  await make(page);
  await become(page, 'PROCESSING');
  await make(page);

  await notice(page, 'note').waitFor();
  assert.match(await notice(page, 'note').textContent(), /요금도 한 번만/);
  await become(page, 'COMPLETED');
  assert.equal(new URL(page.url()).searchParams.getAll('job').length, 1);
});

test('two quick taps are one job', async (t) => {
  const page = await visit({}, t);
  const jobs = new Set();
  page.on('response', async (response) => {
    if (response.url().endsWith('/generate')) {
      jobs.add((await response.json()).jobId);
    }
  });
  await typeEvent(page, '두 번 빨리 누르기');
  await page.getByRole('button', { name: '이미지 만들기' }).dblclick();

  await notice(page, 'note').waitFor();
  await become(page, 'COMPLETED');
  assert.equal(jobs.size, 1);
});

test('an event needs a title, which the page says in its language', async (t) => {
  const page = await visit({}, t);
  await typeEvent(page, '   ');
  await make(page);

  assert.deepEqual(await page.evaluate(() => [document.activeElement.id, document.activeElement.validationMessage]),
    ['event-title', '이벤트 제목을 적어 주세요.']);
  await typeEvent(page, '<b onclick="alert(1)">세일</b> 🎉');
  await make(page);
  await become(page, 'COMPLETED');
  assert.match(await page.locator('#preview-name').textContent(), /<b onclick/);
  assert.equal(await page.locator('[onclick]').count(), 0);
});

test('cancel ends the job, and another can be started', async (t) => {
  await mood('slow');
  const page = await visit({}, t);
  await typeEvent(page, '취소하기');
  await make(page);
  await become(page, 'PROCESSING');
  await page.getByRole('button', { name: '취소' }).click();

  await become(page, 'CANCELLED');
  await accessible(page);
  await shot(page, 'cancelled');
  await mood('normal');
  await make(page);
  await become(page, 'COMPLETED');
});

test('a refused image says so in Korean, and what to do', async (t) => {
  await mood('refuses-one');
  const page = await visit({}, t);
  await typeEvent(page, '거절당하기');
  await make(page);

  await become(page, 'FAILED', ['fancy']);
  assert.match(await card(page, 'fancy').locator('.why').textContent(), /안전 기준.*바꾼 뒤 ‘이미지 만들기’/s);
  await become(page, 'COMPLETED', ['simple', 'trendy']);
  assert.match(await page.locator('#status').textContent(), /3개 중 2개/);
  await accessible(page);
  await shot(page, 'refused');

  await mood('normal');
  await card(page, 'fancy').getByRole('button', { name: '다시 만들기' }).click();
  await become(page, 'COMPLETED');
});

test('an image is regenerated, with the old one until then, and deleted', async (t) => {
  const page = await visit({}, t);
  await typeEvent(page, '다시 만들기');
  await make(page);
  await become(page, 'COMPLETED');
  const image = card(page, 'trendy').locator('img');
  const old = await image.getAttribute('src');

  await card(page, 'trendy').getByRole('button', { name: '다시 만들기' }).click();
  await badge(page, 'trendy', 'PROCESSING').waitFor();
  assert.equal(await image.getAttribute('src'), old);
  await badge(page, 'trendy', 'COMPLETED').waitFor();
  assert.notEqual(await image.getAttribute('src'), old);

  await card(page, 'simple').getByRole('button', { name: '삭제' }).click();
  await badge(page, 'simple', 'empty').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.action), 'regenerate');
  await page.reload();
  await become(page, 'COMPLETED', ['fancy', 'trendy']);
  assert.notEqual(await image.getAttribute('src'), old);
  assert.equal(await badge(page, 'simple', 'empty').count(), 1);
});

test('a reload in the middle of a job goes on where it was', async (t) => {
  await mood('slow');
  const page = await visit({}, t);
  await typeEvent(page, '새로 고침');
  await make(page);
  await become(page, 'PROCESSING');
  await page.reload();

  await become(page, 'PROCESSING');
  assert.equal(await page.getByLabel('이벤트 제목').inputValue(), '새로 고침');
  await page.getByRole('button', { name: '취소' }).waitFor();
  await become(page, 'COMPLETED');
});

test('an address shows its images and texts to another person, and what is typed there changes neither', async (t) => {
  const page = await visit({}, t);
  await typeEvent(page, '주소로 열기');
  await make(page);
  await become(page, 'COMPLETED');
  const other = await visit({ query: new URL(page.url()).search }, t);

  await become(other, 'COMPLETED');
  assert.equal(await other.getByLabel('이벤트 제목').inputValue(), '주소로 열기');
  await other.getByLabel('비 오는 날엔 파전').check();
  await other.locator('#preview').getByRole('button', { name: '트렌디' }).click();
  assert.equal(await other.locator('#preview-name').textContent(), '주소로 열기');
  assert.equal(await card(other, 'simple').locator('img').getAttribute('alt'), '주소로 열기, 심플 스타일');
});

test('a job that is gone does not stay on the screen', async (t) => {
  const page = await visit({}, t);
  await mood('slow');
  await typeEvent(page, '사라진 작업');
  await make(page);
  await become(page, 'PROCESSING');
  await page.route('**/images/jobs/**', (route) => route.fulfill({
    status: 404,
    headers: { 'Content-Type': 'application/problem+json' },
    body: JSON.stringify({ code: 'CONTENT_002', message: '이미지 생성 작업을 찾을 수 없습니다' }),
  }));
  await page.reload();

  await notice(page, 'problem').waitFor();
  assert.match(await notice(page, 'problem').textContent(), /찾을 수 없습니다.*다시 눌러/s);
  await become(page, 'empty');
  assert.equal(await notice(page, 'lost').count(), 0);
  await page.unrouteAll();
  await notice(page, 'problem').getByRole('button', { name: '닫기' }).press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'notices');
  page.expectErrors(/status of 404/);
});

test('what was pressed while the service did not answer can be sent again', async (t) => {
  const page = await visit({}, t);
  await page.locator('#stand-in').waitFor();
  await page.route(/(api|embedded)/, (route) => route.abort('connectionrefused'));
  await typeEvent(page, '멈춘 서비스');
  await make(page);
  await notice(page, 'not-sent').waitFor();
  await page.getByRole('button', { name: '느림' }).click();
  await notice(page, 'not-sent').waitFor();
  assert.match(await page.locator('#status').textContent(), /버튼을 누르면/);
  await make(page);
  await notice(page, 'not-sent').waitFor();

  await page.unrouteAll();
  await notice(page, 'not-sent').getByRole('button', { name: '다시 보내기' }).click();
  await become(page, 'COMPLETED');
  page.expectErrors(/ERR_CONNECTION_REFUSED/);
});

test('an outage is shown, and its end', async (t) => {
  const page = await visit({}, t);
  await page.getByRole('button', { name: '장애' }).click();
  await page.locator('[data-mood=down][aria-pressed=true]').waitFor();
  await typeEvent(page, '장애를 견디기');
  await make(page);
  const outage = notice(page, 'outage');
  await outage.waitFor();
  assert.match(await outage.textContent(), /잠시 응답하지 않아.*그대로 두셔도/s);
  await card(page, 'simple').getByText('대기 중').waitFor();
  await accessible(page);
  await shot(page, 'outage');

  await page.getByRole('button', { name: '평소대로' }).click();
  await notice(page, 'back').waitFor();
  assert.equal(await outage.count(), 0);
  await shot(page, 'back');
  await become(page, 'COMPLETED');
});

test('the notice of an outage ends with its job, and nothing asks while the page is offline', async (t) => {
  await mood('down');
  const page = await visit({}, t);
  await page.clock.install();
  await typeEvent(page, '장애 중에 사라진 작업');
  await make(page);
  const outage = notice(page, 'outage');
  await outage.waitFor();
  await page.evaluate(() => {
    globalThis.rewritten = 0;
    new MutationObserver((records) => { globalThis.rewritten += records.length; })
      .observe(document.querySelector('.notice[data-kind=outage] .close'), { childList: true, subtree: true });
  });
  await page.clock.runFor(3000);
  assert.equal(await page.evaluate(() => globalThis.rewritten), 0, 'equal words are not written again');

  const asked = [];
  page.on('request', (request) => /\/jobs\/[^/]+$/.test(request.url()) && asked.push(request.url()));
  await page.context().setOffline(true);
  await notice(page, 'offline').waitFor();
  for (let i = 0; i < 6; i++) {
    await page.clock.runFor(2500);
    await page.evaluate(() => fetch('page/icon.svg').catch(() => {}));
  }
  assert.ok(asked.length <= 1, `${asked.length} requests while offline`);

  const gone = problemOf(404, 'CONTENT_002', '이미지 생성 작업을 찾을 수 없습니다');
  await page.route('**/images/jobs/**', (route) => route.fulfill(gone));
  await page.context().setOffline(false);
  await notice(page, 'problem').waitFor();
  await become(page, 'empty');
  assert.equal(await outage.count(), 0);
  asked.length = 0;
  for (let i = 0; i < 3; i++) {
    await page.clock.runFor(2500);
  }
  assert.deepEqual(asked, []);
  page.expectErrors(/status of 404|ERR_INTERNET_DISCONNECTED/);
});

test('while one provider is down the other one makes the images, and the cards say so', async (t) => {
  const page = await visit({}, t);
  await page.getByRole('button', { name: 'default' }).click();
  await page.getByRole('button', { name: '장애' }).click();
  await page.locator('[data-mood=down][aria-pressed=true]').waitFor();
  await page.getByRole('button', { name: 'second' }).click();
  await page.locator('[data-mood=normal][aria-pressed=true]').waitFor();
  await typeEvent(page, '둘째 제공자');
  await make(page);

  await become(page, 'COMPLETED');
  for (const style of ['simple', 'fancy', 'trendy']) {
    await card(page, style).getByText('second · poster-2').waitFor();
  }
  await accessible(page);
  await shot(page, 'second');
  await page.reload();
  await card(page, 'simple').getByText('second · poster-2').waitFor();
});

test('a rate limit delays the images, and fails none', async (t) => {
  await mood('rate-limited');
  const page = await visit({}, t);
  await typeEvent(page, '호출 제한');
  await make(page);
  await notice(page, 'outage').waitFor();
  await become(page, 'COMPLETED');
});

test('offline is shown; a request is sent again with its key; back online the job is there', async (t) => {
  await mood('slow');
  const page = await visit({}, t);
  await typeEvent(page, '지하철에서');
  await make(page);
  await become(page, 'PROCESSING');
  await page.context().setOffline(true);
  await notice(page, 'offline').waitFor();
  await card(page, 'simple').getByRole('button', { name: '다시 만들기' }).click();
  await notice(page, 'not-sent').waitFor();
  await shot(page, 'offline');

  await page.context().setOffline(false);
  await notice(page, 'offline').waitFor({ state: 'detached' });
  await notice(page, 'not-sent').getByRole('button', { name: '다시 보내기' }).click();
  await notice(page, 'not-sent').waitFor({ state: 'detached' });
  await become(page, 'COMPLETED');
  page.expectErrors(/ERR_INTERNET_DISCONNECTED/);
});

test('a problem shows its Korean message, and the same request can be sent again', async (t) => {
  const page = await visit({}, t);
  const keys = [];
  await page.route('**/generate', (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    return keys.length > 1 ? route.continue() : route.fulfill({
      status: 503,
      headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '5' },
      body: JSON.stringify({ code: 'CONTENT_007', message: '요청이 많아 처리할 수 없습니다', requestId: 'r-1' }),
    });
  });
  await typeEvent(page, '붐비는 시간');
  await make(page);
  const problem = notice(page, 'problem');
  await problem.waitFor();
  assert.match(await problem.textContent(), /요청이 많아.*잠시 뒤 다시 보내.*r-1/s);
  await accessible(page);
  await shot(page, 'problem');

  await problem.getByRole('button', { name: '다시 보내기' }).click();
  await become(page, 'COMPLETED');
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  page.expectErrors(/status of 503/);
});

test('it speaks the language that the browser asks for, or that was chosen', async (t) => {
  const english = await visit({ locale: 'en-GB', colorScheme: 'dark' }, t);
  await english.getByRole('heading', { name: 'Make event images' }).waitFor();
  await english.getByRole('button', { name: 'Make images' }).click();
  await become(english, 'COMPLETED');
  await accessible(english);
  await shot(english, 'dark');
  await english.getByRole('button', { name: '한국어' }).click();
  await english.reload();
  await english.getByRole('heading', { name: '이벤트 이미지 만들기' }).waitFor();

  const french = await visit({ locale: 'fr-FR' }, t);
  await french.getByRole('heading', { name: '이벤트 이미지 만들기' }).waitFor();
});

test('it works on the width of a phone, and by keyboard alone', async (t) => {
  const page = await visit({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' }, t);
  await fits(page);
  const button = page.getByRole('button', { name: '이미지 만들기' });
  for (let tabs = 0; !await button.evaluate((element) => element === document.activeElement); tabs++) {
    assert.ok(tabs < 12, 'a few tabs reach the button');
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await become(page, 'COMPLETED');
  assert.ok(await card(page, 'simple').locator('img').evaluate((image) => image.getBoundingClientRect().bottom <= innerHeight),
    'the first image is on the screen');
  await fits(page);
  await accessible(page);
  await shot(page, 'phone');
});

test('images load at any address of the service, and links can be copied there', async (t) => {
  const { hostname, port } = new URL(base);
  // A forwarded port, or a phone in the LAN: another host and port, and no secure context.
  const forward = net.createServer((phone) => {
    const service = net.connect(port, hostname);
    phone.pipe(service).pipe(phone);
    [phone, service].forEach((socket) => socket.on('error', () => {}));
  });
  await once(forward.listen(0, '127.0.0.1'), 'listening');
  t.after(() => forward.close());
  for (const address of [base.replace('localhost', '127.0.0.1'), `http://phone.example:${forward.address().port}`]) {
    const page = await visit({ address, permissions: ['clipboard-read', 'clipboard-write'] }, t);
    await make(page);
    await become(page, 'COMPLETED');
    await card(page, 'simple').getByRole('button', { name: '링크 복사' }).click();
    await notice(page, 'note').getByText('복사했습니다').waitFor();
    await page.getByLabel('이벤트 제목').fill('');
    await page.getByLabel('이벤트 제목').press('Control+V');
    const link = await card(page, 'simple').locator('img').getAttribute('src');
    assert.ok(link.startsWith(address));
    // The field is shorter than a link.
    assert.equal(await page.getByLabel('이벤트 제목').inputValue(), link.slice(0, 60));
  }
});

test('it allows nothing inline and nothing from elsewhere', async (t) => {
  const page = await visit({}, t);
  const response = await page.reload();
  assert.match(response.headers()['content-security-policy'], /default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.equal(await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.inline = true' }));
    return globalThis.inline;
  }), undefined);
  page.expectErrors(/Content Security Policy/);
});

test('a request that fails takes no running job from the screen', async (t) => {
  await mood('slow');
  const page = await visit({}, t);
  await typeEvent(page, '첫 번째 이벤트');
  await make(page);
  await become(page, 'PROCESSING');
  await page.context().setOffline(true);
  await page.getByLabel('비 오는 날엔 파전').check();
  await make(page);
  await notice(page, 'not-sent').waitFor();

  await page.context().setOffline(false);
  assert.equal(new URL(page.url()).searchParams.getAll('job').length, 1);
  await mood('normal');
  await become(page, 'COMPLETED');
  assert.match(await page.locator('#preview-name').textContent(), /첫 번째 이벤트/);
  page.expectErrors(/ERR_INTERNET_DISCONNECTED/);
});

test('a deleted image stays away, while its job runs and after a reload', async (t) => {
  await mood('slow');
  const page = await visit({}, t);
  await typeEvent(page, '지운 이미지');
  await make(page);
  await become(page, 'COMPLETED', ['simple']);
  // It says that this job fills all cards.
  const address = page.url();
  await card(page, 'simple').getByRole('button', { name: '삭제' }).click();
  await badge(page, 'simple', 'empty').waitFor();

  await become(page, 'COMPLETED', ['fancy', 'trendy']);
  assert.equal(await badge(page, 'simple', 'empty').count(), 1);
  await page.goto(address);
  await become(page, 'COMPLETED', ['fancy', 'trendy']);
  await badge(page, 'simple', 'empty').waitFor();
});

test('three jobs leave connections for everything else', async (t) => {
  const page = await visit({}, t);
  await typeEvent(page, '많은 작업');
  await make(page);
  await become(page, 'COMPLETED');
  await mood('slow');
  const streams = [];
  page.on('request', (request) => request.url().endsWith('/events') && streams.push(request.url()));
  for (const style of ['simple', 'fancy', 'trendy']) {
    await card(page, style).getByRole('button', { name: '다시 만들기' }).click();
    await badge(page, style, 'PROCESSING').waitFor();
  }
  assert.equal(streams.length, 1);

  await mood('normal');
  await become(page, 'COMPLETED');
});

test('it works where the browser keeps nothing', async (t) => {
  const page = await visit({}, t);
  await page.addInitScript(() => {
    for (const area of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(globalThis, area, { get: () => { throw new DOMException('blocked', 'SecurityError'); } });
    }
  });
  await page.reload();

  await typeEvent(page, '저장 공간 없이');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: '한국어' }).click();
  await make(page);
  await become(page, 'COMPLETED');
});
