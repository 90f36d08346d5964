// The checks of .ci/browser: serves the pages, opens each in Chromium, and receives its results.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';

const [base, profile] = process.argv.slice(2);
const images = `${base}/api/content/images`;
const draft = 'rainy-day';
const giveUp = setTimeout(() => {
  console.error('not done within two minutes');
  process.exit(1);
}, 120_000);

/** Which page is served, and who waits for what it reports. */
let page = '';
let reported = () => {};
const server = http.createServer(async (request, response) => {
  if (request.method === 'POST') {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    reported(JSON.parse(Buffer.concat(chunks)));
    response.end();
  } else if (request.url === '/') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(page);
  } else {
    response.writeHead(404).end();
  }
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address();

/** What the script reports of itself in a page of this host. */
async function inPageOf(host, script) {
  page = `<!doctype html><body><script type="module">
    let report;
    try { report = await (async () => { ${script} })(); } catch (e) { report = { error: String(e) }; }
    await fetch('/', { method: 'POST', body: JSON.stringify(report) });
  </script>`;
  const report = new Promise((resolve) => { reported = resolve; });
  const chromium = spawn('chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run',
    '--disable-dev-shm-usage', `--user-data-dir=${profile}`, '--host-resolver-rules=MAP *.example 127.0.0.1',
    `http://${host}:${port}/`], { stdio: 'ignore', detached: true });
  const ended = once(chromium, 'exit');
  try {
    return await report;
  } finally {
    process.kill(-chromium.pid, 'SIGKILL');
    await ended;
  }
}

/**
 * The service without CORS, which is how it ships: dev mode's would refuse a foreign page by its Origin, so this passes all on
 * but that. Notes how each POST was answered.
 */
const answered = [];
const withoutCors = http.createServer((request, response) => {
  const { origin, ...headers } = request.headers;
  const passedOn = http.request(base + request.url, { method: request.method, headers }, (answer) => {
    if (request.method === 'POST') {
      answered.push([origin, headers['sec-fetch-site'], answer.statusCode]);
    }
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  request.pipe(passedOn);
});
await once(withoutCors.listen(0, '127.0.0.1'), 'listening');

async function untilEnded(jobId) {
  for (;;) {
    const job = await (await fetch(`${images}/jobs/${jobId}`, { headers: { Prefer: 'wait=5' } })).json();
    if (['COMPLETED', 'FAILED', 'CANCELLED'].includes(job.status)) {
      return job;
    }
  }
}

async function generate(query = '') {
  return untilEnded((await (await fetch(`${images}/${draft}/generate${query}`, { method: 'POST' })).json()).jobId);
}

/** What a page of another site can do: it must not start a job, which would have new pictures made. */
async function foreignPage(service) {
  const { imageUrls } = await generate('?force=true');
  const force = JSON.stringify(`${service}/api/content/images/${draft}/generate?force=true`);
  const report = await inPageOf('evil.example', `
    const image = new Image();
    const shown = new Promise((resolve) => { image.onload = () => resolve(true); image.onerror = () => resolve(false); });
    image.src = ${JSON.stringify(imageUrls.simple.replace(base, service))};
    const sent = await fetch(${force}, { method: 'POST', mode: 'no-cors' })
      .then((answer) => answer.type, (failure) => String(failure));
    const read = await fetch(${force}, { method: 'POST' }).then((answer) => answer.status, () => 'hidden');
    const frame = document.body.appendChild(Object.assign(document.createElement('iframe'), { name: 'answer' }));
    const form = Object.assign(document.createElement('form'), { method: 'post', action: ${force}, target: 'answer' });
    document.body.append(form);
    const answered = new Promise((resolve) => { frame.onload = resolve; });
    form.submit();
    await answered;
    return { shown: await shown, sent, read };`);
  assert.deepEqual(report, { shown: true, sent: 'opaque', read: 'hidden' });
  assert.deepEqual((await generate()).imageUrls, imageUrls, 'the pictures are still those from before');
}

await foreignPage(base);
console.log('ok a page of another site shows pictures and starts no job');

await foreignPage(`http://localhost:${withoutCors.address().port}`);
assert.deepEqual(answered, Array(3).fill([`http://evil.example:${port}`, 'cross-site', 403]));
console.log('ok nor does it where CORS is off');

const own = await inPageOf('localhost', `
  const answer = await fetch(${JSON.stringify(`${images}/${draft}/generate?force=true`)},
    { method: 'POST', headers: { 'X-Request-Id': 'browser-1' } });
  return { status: answer.status, job: (await answer.json()).jobId, requestId: answer.headers.get('X-Request-Id'),
    location: answer.headers.get('Location') };`);
assert.equal(own.status, 202);
assert.equal(own.requestId, 'browser-1');
assert.equal(own.location, `${images}/jobs/${own.job}`);
const job = await untilEnded(own.job);
assert.equal(job.status, 'COMPLETED');
console.log('ok a page of an allowed origin starts one, and reads the answer and its headers');

clearTimeout(giveUp);
server.close();
withoutCors.close();
