// The checks of .ci/gateway, which starts nginx twice (as it ships, and tailored with every block of the README), the real
// service and Redis. This simulates the name server, two instances of the service, the image API and the clients.
import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import tls from 'node:tls';

const [directory, realService] = process.argv.slice(2);
const number = (name) => Number(process.env[name]);
const plain = number('GATEWAY_PORT');
const tailored = number('TAILORED_PORT');
const secure = number('TLS_PORT');
const servicePort = number('SERVICE_PORT');
const seconds = (n) => n * 1000;
const giveUp = setTimeout(() => {
  console.error('not done within two minutes');
  process.exit(1);
}, seconds(120));

// --- The instances behind the name "content" ---

/** Addresses, or 'silent' for a name server that says nothing. */
let addresses = [];
const nameServer = dgram.createSocket('udp4', (query, sender) => {
  if (addresses === 'silent') {
    return;
  }
  const question = query.subarray(12, query.indexOf(0, 12) + 5);
  assert.equal(question.toString('latin1', 1, 8), 'content');
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(addresses.length ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses.length, 6);
  const answers = addresses.map((address) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]));
  nameServer.send(Buffer.concat([header, question, ...answers]), sender.port, sender.address);
});

// --- The instances ---

const first = '127.0.0.11';
const second = '127.0.0.12';
const nobody = '127.0.0.19';
/** What reached the instances: { instance, method, url, headers (raw), body }. */
const requests = [];
const reached = (draft) => requests.filter((request) => request.url.includes(`/${draft}/`));
let releaseEvent;
const bigPicture = Buffer.alloc(5_000_000, 'picture');

function instance(address) {
  const server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    const seen = { instance: address, method: request.method, url: request.url, headers: request.rawHeaders, body: body.length };
    requests.push(seen);
    const draft = request.url.split('/')[4];
    if (draft === 'dies' || (draft === 'dies-once' && reached(draft).length === 1)) {
      request.socket.destroy();
    } else if (draft === 'hangs') {
      // No answer.
    } else if (draft === 'polls') {
      setTimeout(() => response.end('changed'), seconds(25.5));
    } else if (draft === 'busy') {
      response.writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '7', Allow: 'GET',
        'X-Request-Id': 'the-service-s-own', 'X-Content-Type-Options': 'nosniff' });
      response.end('{"code":"CONTENT_007"}');
    } else if (request.url.endsWith('/files/waits.jpg')) {
      setTimeout(() => response.end('made'), seconds(36));
    } else if (draft === 'files') {
      response.end(bigPicture);
    } else if (request.url.endsWith('/events')) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('id:1\ndata:{}\n\n');
      releaseEvent = () => response.end('id:2\ndata:{}\n\n');
    } else {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(seen));
    }
  });
  server.listen(servicePort, address);
  return server;
}

// --- The image API: it responds when the test releases it ---

const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
let releaseProvider;
const providerReleased = new Promise((resolve) => (releaseProvider = resolve));
const provider = http.createServer(async (request, response) => {
  request.resume();
  await providerReleased;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ data: [{ b64_json: picture }] }));
});

// --- The clients ---

let clients = 0;
/** Each has an address of its own, for the limits are per address. */
const client = () => `127.1.${clients >> 8}.${++clients & 255}`;

/** Asks and answers { status, headers (values as lists), body, response }; with open: true as soon as there are headers. */
async function ask({ port = plain, path, method = 'GET', headers = {}, body, from = client(), open = false, over = http }) {
  const request = over.request({ host: '127.0.0.1', port, path, method, headers, localAddress: from, agent: false,
    rejectUnauthorized: false, servername: 'shop.example' });
  request.end(body);
  const [response] = await once(request, 'response');
  const answer = { status: response.statusCode, headers: all(response.rawHeaders), response };
  if (open) {
    return answer;
  }
  const chunks = [];
  for await (const chunk of response) {
    chunks.push(chunk);
  }
  answer.bytes = Buffer.concat(chunks);
  answer.body = answer.bytes.toString();
  return answer;
}

function all(rawHeaders) {
  const headers = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    (headers[rawHeaders[i].toLowerCase()] ??= []).push(rawHeaders[i + 1]);
  }
  return headers;
}

/** Sends what no decent client would. */
async function askRaw(text, port = plain) {
  const socket = net.connect({ host: '127.0.0.1', port, localAddress: client() });
  socket.setTimeout(seconds(5), () => socket.destroy(new Error(`no answer to ${text.slice(0, 80)}`)));
  socket.write(text, 'latin1');
  let received = Buffer.alloc(0);
  let head;
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    head = received.indexOf('\r\n\r\n');
    // After a refusal nginx waits for more from the client, so this does not wait for the end of the connection.
    const length = received.toString('latin1').match(/^content-length: (\d+)/im);
    if (head > 0 && length && received.length >= head + 4 + Number(length[1])) {
      break;
    }
  }
  const [line, ...fields] = received.toString('utf8', 0, head).split('\r\n');
  return { status: Number(line.split(' ')[1]), body: received.toString('utf8', head + 4),
    headers: all(fields.flatMap((field) => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 2)])) };
}
const spelled = (path, extra = '') => `GET ${path} HTTP/1.1\r\nHost: shop.example\r\n${extra}Connection: close\r\n\r\n`;

async function until(what, condition, limit = seconds(10)) {
  const end = Date.now() + limit;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `waited ${limit} ms for ${what}`);
    await pause(50);
  }
}

/** Each worker of nginx keeps what it was told to the end of the next second (valid=1s), and nothing tells that it forgot. */
const forgotten = () => pause(seconds(2.1));

/** Changes who is there, and waits until both gateways have noticed. */
async function instancesAre(...now) {
  addresses = now;
  await forgotten();
  for (const port of [plain, tailored]) {
    await until(`${now} to be asked`, async () => {
      const answer = await ask({ port, path: '/api/content/images/probe', headers: { 'User-Agent': 'probe' } });
      return now[0] === realService ? answer.body.includes('CONTENT_003') : now.includes(answer.body && JSON.parse(answer.body).instance);
    });
  }
}

// --- Problems: the document's schema and the service's texts ---

const openapi = fs.readFileSync('src/main/openapi/openapi.yaml', 'utf8');
const schema = openapi.match(/^ {4}Problem:\n([^]*?)^ {4}ProblemCode:\n([^]*?)^ {4}\w/m);
const required = schema[1].match(/required:\n((?: +- \w+\n)+)/)[1].match(/\w+/g);
const members = schema[1].match(/^ {8}\w+(?=:)/gm).map((name) => name.trim());
const codes = schema[2].match(/- CONTENT_\d+/g).map((code) => code.slice(2));
assert.ok(required.includes('message') && members.includes('instance') && codes.length >= 10);
const words = {};
for (const [, code, title, message] of fs.readFileSync('src/main/java/com/kt/event/content/api/problem/Problem.java', 'utf8')
  .matchAll(/\("(CONTENT_\d+)", \d+, "([^"]+)",\s+"([^"]+)"\)/g)) {
  words[code] = { title, message };
}

/** That the answer is a problem of the gateway's own, with these. */
function isProblem(answer, status, code) {
  assert.equal(answer.status, status, answer.body);
  assert.deepEqual(answer.headers['content-type'], ['application/problem+json']);
  const problem = JSON.parse(answer.body);
  for (const name of required) {
    assert.ok(name in problem, `no ${name}`);
  }
  for (const name of Object.keys(problem)) {
    assert.ok(members.includes(name), `the document knows no ${name}`);
  }
  assert.ok(codes.includes(code), `the document knows no ${code}`);
  assert.deepEqual({ ...problem, detail: typeof problem.detail },
    { type: `tag:event.kt.com,2026:content:${code}`, status, detail: 'string', code, ...words[code] });
  assert.ok(problem.detail);
  assert.equal(answer.headers['retry-after']?.length, [429, 503].includes(status) ? 1 : undefined);
  assert.equal(answer.headers['x-request-id']?.length, 1);
  assert.deepEqual(answer.headers['x-content-type-options'], ['nosniff']);
  assert.deepEqual(answer.headers.server, ['nginx']);
}

async function check(claim, body) {
  try {
    await body();
    console.log(`ok ${claim}`);
  } catch (e) {
    console.error(`FAILED: ${claim}\n${e.stack}`);
    process.exit(1);
  }
}

const servers = [instance(first), instance(second), provider.listen(number('PROVIDER_PORT'), '127.0.0.1')];
nameServer.bind(number('DNS_PORT'), '127.0.0.1');
await Promise.all([...servers, nameServer].map((server) => once(server, 'listening')));
const draft = '/api/content/images/latte';

await check('with no instance up, nginx is there and each call is answered 503', async () => {
  await until('nginx', async () => (await ask({ path: '/gateway/health' }).catch(() => ({}))).status === 200);
  for (const there of [[], [nobody], [nobody, '127.0.0.18'], 'silent']) {
    addresses = there;
    await forgotten();
    const start = Date.now();
    await Promise.all([['GET', draft], ['POST', `${draft}/generate`], ['DELETE', draft]].map(async ([method, path]) => {
      const answer = await ask({ method, path });
      isProblem(answer, 503, 'CONTENT_008');
      assert.deepEqual(answer.headers['retry-after'], ['5']);
    }));
    assert.ok(Date.now() - start < seconds(4), 'too late');
  }
  const head = await ask({ method: 'HEAD', path: draft });
  assert.deepEqual([head.status, head.body], [503, '']);
});

await instancesAre(first);

// Slow checks run while the others go on.
const started = Date.now();
const slow = [
  check('a long poll is not cut, nor is it by a reload', async () => {
    assert.equal((await ask({ path: '/api/content/images/polls/x' })).body, 'changed');
  }),
  check('a reload ends after 30 s, whoever still listens to events', async () => {
    const { response } = await ask({ path: '/api/content/images/jobs/left-open/events', open: true });
    response.resume();
    const closed = new Promise((resolve) => response.once('close', resolve));
    await Promise.race([closed, pause(seconds(35))]);
    const taken = Date.now() - started;
    assert.ok(response.destroyed && taken > seconds(25.5) && taken < seconds(35), `it was open for ${taken} ms`);
  }),
  check('a POST that an instance has read and does not answer is answered 503, and sent once', async () => {
    isProblem(await ask({ method: 'POST', path: '/api/content/images/hangs/generate' }), 503, 'CONTENT_008');
    assert.equal(reached('hangs').length, 1);
  }),
];
await until('the three to be asked for', () => ['polls', 'left-open', 'hangs'].every((path) => reached(path).length === 1));
const master = Number(fs.readFileSync(`${directory}/plain/tmp/nginx.pid`, 'utf8'));
const workers = fs.readFileSync(`/proc/${master}/task/${master}/children`, 'utf8').trim().split(' ');
process.kill(master, 'SIGHUP');
// A worker that shuts down closes connections without a request; the following is not about those.
const goes = (worker) => {
  try {
    return fs.readFileSync(`/proc/${worker}/cmdline`, 'latin1').includes('shutting down');
  } catch {
    return true;
  }
};
await until('the reload', () => workers.length === 2 && workers.every(goes));

await check('only /api/content is there, however the path is spelled', async () => {
  const before = requests.length;
  for (const path of ['/', '/q', '/q/', '/q/health', '/q/metrics', '/q/openapi', '/q/swagger-ui/', '//q/health', '///q/health',
    '/%71/health', '/q%2fhealth', '/%2fq/health', '/./q/health', '/x/../q/health', '/api/../q/health', '/api/content/../../q/health',
    '/api/content/%2e%2e/%2e%2e/q/health', '/api/content/..%2f..%2fq/health', '/api/content/%2e%2e%2f%2E%2E%2Fq/health',
    '/api/content//..//..//q/health', '/api//content/../..//q/health', '/api/content/./.././../q/health',
    '/api/content/images/jobs/../../../../q/health', '/api/content/images/files/../../../../q/health',
    '/api/content/images/x/../../../../q/generate', '/api/content/%2e%2e/%2e%2e/q/health?/api/content/', 'http://shop.example/q/health',
    'http://shop.example/api/content/../../q/health', '/api/content', '/api/contents/x', '/API/content/images/x', '/api/content%00/x/../../q',
    '/gateway/problem', '/gateway', '/nginx.conf', '/shop/api/content/images/x']) {
    const answer = await askRaw(spelled(path));
    isProblem(answer, path.includes('%00') ? 400 : 404, 'CONTENT_004');
  }
  isProblem(await askRaw(spelled('/api/content/../../../q/health')), 400, 'CONTENT_004');
  for (const path of ['/shop/q/health', '/shop/api/content/../../q/health', '/shop/api/content/../../../q/health', '/shop%2fq/health',
    '/shop/api/content/..%2f..%2f..%2fq/health', '/shop', '/shop/api/content', '/shop/gateway/problem']) {
    isProblem(await askRaw(spelled(path), tailored), 404, 'CONTENT_004');
  }
  assert.equal(requests.length, before, JSON.stringify(requests.slice(before)));
});

await check('what an instance is asked for is what was matched', async () => {
  for (const [path, asked] of [['/api/content/images/x?force=true&a=%2F..%2F', '/api/content/images/x?force=true&a=%2F..%2F'],
    ['//api//content/images/x', '/api/content/images/x'], ['/%61pi/content/images/x', '/api/content/images/x'],
    ['/api/content/images/y/../x', '/api/content/images/x'], ['/api/content/images/y%2f..%2fx', '/api/content/images/x'],
    ['/q/../api/content/images/x', '/api/content/images/x'], ['http://a/api/content/images/x', '/api/content/images/x'],
    ['/api/content/%252e%252e/%252e%252e/q', '/api/content/%252e%252e/%252e%252e/q'],
    ['/api/content/images/%0d%0aX-Forwarded-Proto:%20https', '/api/content/images/%0D%0AX-Forwarded-Proto:%20https'],
    ['/api/content/images/a%3fb%23c', '/api/content/images/a%3Fb%23c'], ['/api/content/images/%ec%8b%ac', '/api/content/images/%EC%8B%AC']]) {
    assert.equal(JSON.parse((await askRaw(spelled(path))).body).url, asked);
  }
  assert.equal(JSON.parse((await askRaw(spelled('/shop/api/content/images/x?force=true'), tailored)).body).url,
    '/api/content/images/x?force=true');
});

/** What an instance was told that it believes. */
const believed = (answer) => Object.fromEntries(Object.entries(all(JSON.parse(answer.body).headers))
  .filter(([name]) => /forwarded|real.ip|^host$/.test(name)).map(([name, values]) => [name, values.join(' AND ')]));
const forged = { 'X-Forwarded-For': ['6.6.6.6', '7.7.7.7'], 'x-forwarded-proto': 'https', 'X-FORWARDED-HOST': 'evil.example',
  'X-Forwarded-Port': ['444', '445'], 'X-Forwarded-Prefix': '/evil', 'X-Forwarded-Ssl': 'on', 'X-Forwarded-Trusted-Proxy': 'true',
  'X-Forwarded-Server': 'evil', X_Forwarded_Proto: 'https', Forwarded: 'for=6.6.6.6;proto=https;host=evil.example', 'X-Real-IP': '6.6.6.6' };

await check('what a client says that a gateway has forwarded is not believed', async () => {
  for (const port of [plain, tailored]) {
    const from = client();
    const told = believed(await ask({ port, path: draft, from, headers: { Host: 'shop.example:8080', ...forged } }));
    delete told['x-forwarded-server'];
    assert.deepEqual(told, { host: 'shop.example:8080', 'x-forwarded-for': from, 'x-forwarded-proto': 'http',
      'x-forwarded-host': 'shop.example:8080', 'x-forwarded-port': '8080' });
  }
  assert.equal(believed(await ask({ path: draft, headers: { Host: 'shop.example' } }))['x-forwarded-port'], '80');
  const old = believed(await askRaw(`GET ${draft} HTTP/1.0\r\n\r\n`));
  assert.equal(old.host, 'localhost');
});

await check('a balancer that is named is believed, its client is who counts, and nobody else is', async () => {
  const headers = { Host: 'inside', 'X-Forwarded-For': '6.6.6.6, 203.0.113.7', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'shop.example',
    'X-Forwarded-Prefix': '/evil', 'X-Forwarded-Ssl': 'on' };
  assert.deepEqual(believed(await ask({ port: tailored, path: draft, from: '127.0.9.1', headers })), { host: 'shop.example',
    'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example', 'x-forwarded-port': '443' });
  assert.equal(believed(await ask({ port: tailored, path: draft, from: '127.0.9.1',
    headers: { ...headers, 'X-Forwarded-Host': 'shop.example:8443' } }))['x-forwarded-port'], '8443');
  assert.equal(believed(await ask({ port: tailored, path: draft, from: '127.0.9.1',
    headers: { ...headers, 'X-Forwarded-Proto': 'javascript' } }))['x-forwarded-proto'], 'http');
  for (const [port, from] of [[tailored, '127.0.8.1'], [plain, '127.0.9.1']]) {
    assert.deepEqual(believed(await ask({ port, path: draft, from, headers })), { host: 'inside', 'x-forwarded-for': from,
      'x-forwarded-proto': 'http', 'x-forwarded-host': 'inside', 'x-forwarded-port': '80' });
  }
});

await check('a prefix is told to the service, and TLS ends here, with HTTP/2 and HSTS', async () => {
  const host = { Host: 'shop.example' };
  assert.deepEqual(believed(await ask({ port: tailored, path: '/shop/api/content/images/x', from: '127.0.0.1', headers: host })), { host: 'shop.example',
    'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'shop.example', 'x-forwarded-port': '80',
    'x-forwarded-prefix': '/shop' });
  const answer = await ask({ port: secure, over: https, path: '/shop/api/content/images/x', headers: host });
  assert.deepEqual(answer.headers['strict-transport-security'], ['max-age=31536000']);
  assert.deepEqual([believed(answer)['x-forwarded-proto'], believed(answer)['x-forwarded-port']], ['https', '443']);
  const lost = await ask({ port: secure, over: https, path: '/q/health', headers: host });
  isProblem(lost, 404, 'CONTENT_004');
  assert.deepEqual(lost.headers['strict-transport-security'], ['max-age=31536000']);
  isProblem(await askRaw(spelled('/api/content/images/x'), secure), 400, 'CONTENT_004');

  const session = http2.connect(`https://127.0.0.1:${secure}`, { rejectUnauthorized: false, servername: 'shop.example' });
  const stream = session.request({ ':path': draft, ':authority': 'shop.example' });
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  session.close();
  assert.equal(believed({ body: Buffer.concat(chunks) })['x-forwarded-host'], 'shop.example');

  const old = tls.connect({ host: '127.0.0.1', port: secure, maxVersion: 'TLSv1.1', minVersion: 'TLSv1', rejectUnauthorized: false,
    ciphers: 'DEFAULT@SECLEVEL=0' });
  await assert.rejects(once(old, 'secureConnect'), /version|protocol/);
});

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
await check('traces and a sane request id pass, another is replaced, and the client is told', async () => {
  for (const id of ['4f1c', 'A'.repeat(64), '5e0e2b4c-7d0f-4bb0-9a53-1f0a5d3c8e11', 'A'.repeat(65), '', 'a b', '"}', '<script>', ['one', 'two']]) {
    const answer = await ask({ path: draft, headers: { traceparent, tracestate: 'kt=1', 'X-Request-Id': id } });
    const told = all(JSON.parse(answer.body).headers);
    assert.deepEqual([told.traceparent, told.tracestate], [[traceparent], ['kt=1']]);
    assert.deepEqual(told['x-request-id'], answer.headers['x-request-id']);
    assert.equal(told['x-request-id'].length, 1);
    if (/^[\w-]{4,64}$/.test(id) && !Array.isArray(id)) {
      assert.equal(told['x-request-id'][0], id);
    } else {
      assert.match(told['x-request-id'][0], /^([0-9a-f]{32}|one)$/);
    }
  }
  const lost = await ask({ path: '/q', headers: { 'X-Request-Id': 'lost-1' } });
  assert.deepEqual(lost.headers['x-request-id'], ['lost-1']);
});

await check('an event is passed on the moment it comes', async () => {
  const { response, headers } = await ask({ path: '/api/content/images/jobs/x/events', open: true,
    headers: { 'Accept-Encoding': 'gzip, br' } });
  let text = '';
  response.on('data', (chunk) => (text += chunk));
  await until('the first event', () => text === 'id:1\ndata:{}\n\n', seconds(2));
  assert.equal(headers['content-encoding'], undefined);
  releaseEvent();
  await until('the end of the stream', () => response.complete, seconds(2));
  assert.equal(text, 'id:1\ndata:{}\n\nid:2\ndata:{}\n\n');
});

await check("the service's own problem is passed on as it is", async () => {
  const answer = await ask({ method: 'POST', path: '/api/content/images/busy/generate', headers: { 'X-Request-Id': 'ours' } });
  assert.deepEqual([answer.status, answer.body], [503, '{"code":"CONTENT_007"}']);
  assert.deepEqual(['retry-after', 'allow', 'x-request-id', 'x-content-type-options', 'content-type'].map((name) => answer.headers[name]),
    [['7'], ['GET'], ['ours'], ['nosniff'], ['application/problem+json']]);
});

slow.push(check('a rendition may take longer than a long poll', async () => {
  assert.equal((await ask({ path: '/api/content/images/files/waits.jpg' })).body, 'made');
}));
await check('a picture comes whole', async () => {
  const { bytes } = await ask({ path: '/api/content/images/files/x.png' });
  assert.ok(bytes.equals(bigPicture));
});

await check('what is too large or no HTTP gets a problem: 413, 414, 431, 400, 405', async () => {
  const post = { method: 'POST', path: `${draft}/generate` };
  assert.equal(JSON.parse((await ask({ ...post, body: 'x'.repeat(65_536) })).body).body, 65_536);
  const before = requests.length;
  isProblem(await ask({ ...post, body: 'x'.repeat(65_537) }), 413, 'CONTENT_004');
  isProblem(await askRaw(`POST ${draft}/generate HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n10001\r\n${'x'.repeat(65_537)}\r\n0\r\n\r\n`),
    413, 'CONTENT_004');
  isProblem(await ask({ path: `/${'x'.repeat(9_000)}` }), 414, 'CONTENT_004');
  isProblem(await ask({ path: draft, headers: { Cookie: 'x'.repeat(9_000) } }), 431, 'CONTENT_004');
  isProblem(await ask({ path: draft, headers: { A: 'x'.repeat(7_000), B: 'x'.repeat(7_000), C: 'x'.repeat(7_000) } }), 431, 'CONTENT_004');
  for (const nonsense of ['nonsense\r\n\r\n', spelled(draft, 'Host: other\r\n'), `GET ${draft} HTTP/1.1\r\n\r\n`, `GET ${draft} HTTP/7.0\r\n\r\n`,
    spelled(draft, 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'), spelled(draft, 'Transfer-Encoding: gzip\r\n'),
    spelled(draft, 'Content-Length: a\r\n')]) {
    isProblem(await askRaw(nonsense), 400, 'CONTENT_004');
  }
  const trace = await ask({ path: draft, method: 'TRACE' });
  isProblem(trace, 405, 'CONTENT_004');
  assert.equal(trace.headers.allow.length, 1);
  assert.equal(requests.length, before);
});

await check('a client has a rate, a tight one for what is paid, and only so many connections', async () => {
  const statuses = async (count, options, change = () => ({})) => {
    const answers = await Promise.all(Array.from({ length: count }, (_, i) => ask({ ...options, ...change(i) })));
    answers.filter((answer) => answer.status !== 200).forEach((answer) => isProblem(answer, 429, 'CONTENT_007'));
    return answers.filter((answer) => answer.status === 200).length;
  };
  const from = client();
  const paid = await statuses(30, { method: 'POST', from }, (i) => ({ path: `/api/content/images/${i}/${i % 2 ? 'generate' : 'styles/fancy/regenerate'}` }));
  assert.ok(paid >= 20 && paid <= 22, `${paid} of 30 were let through`);
  assert.equal(await statuses(20, { method: 'OPTIONS', path: `${draft}/generate`, from }), 20);
  assert.equal(await statuses(1, { method: 'POST', path: `${draft}/generate` }), 1);
  const polls = await statuses(90, { path: draft, from });
  assert.ok(polls >= 60 && polls < 80, `${polls} of 90 were let through`);
  assert.equal(await statuses(90, { path: draft }, () => ({ from: client() })), 90);

  const listener = client();
  const listeners = [];
  for (let i = 0; i < 100; i++) {
    listeners.push(await ask({ path: '/api/content/images/jobs/many/events', from: listener, open: true }));
    await pause(45);
  }
  assert.ok(listeners.every((answer) => answer.status === 200));
  isProblem(await ask({ path: draft, from: listener }), 429, 'CONTENT_007');
  listeners.forEach(({ response }) => response.destroy());
  await until('the connections to be given back', async () => (await ask({ path: draft, from: listener })).status === 200);
});

await check('behind a balancer each of its clients has a rate of its own', async () => {
  const post = (address) => ask({ port: tailored, method: 'POST', path: `${draft}/generate`, from: '127.0.9.1',
    headers: { 'X-Forwarded-For': address } });
  const greedy = await Promise.all(Array.from({ length: 25 }, () => post('203.0.113.8')));
  assert.ok(greedy.some((answer) => answer.status === 429));
  assert.equal((await post('203.0.113.9')).status, 200);
});

await instancesAre(first, second);

await check('a POST that an instance may have read is never sent again; a GET and a DELETE are', async () => {
  for (const path of ['/api/content/images/dies/generate', '/api/content/images/dies/styles/fancy/regenerate', '/api/content/images/dies/other']) {
    for (const body of [undefined, '{}']) {
      const before = reached('dies').length;
      isProblem(await ask({ method: 'POST', path, body }), 503, 'CONTENT_008');
      assert.equal(reached('dies').length, before + 1);
    }
  }
  for (const method of ['GET', 'DELETE']) {
    requests.splice(0, requests.length, ...requests.filter((request) => !request.url.includes('dies-once')));
    assert.equal((await ask({ method, path: '/api/content/images/dies-once/x' })).status, 200);
    assert.deepEqual(reached('dies-once').map((request) => request.instance).sort(), [first, second]);
  }
});

await instancesAre(first, nobody);

await check('where an instance refuses the connection, also a POST goes to the other, once', async () => {
  const ids = [];
  for (let i = 0; i < 30; i++) {
    ids.push(`refused-${i}`);
    const answer = await ask({ method: 'POST', path: `/api/content/images/refused/generate`, body: '{}', headers: { 'X-Request-Id': ids[i] } });
    assert.equal(answer.status, 200);
    assert.equal(reached('refused').length, i + 1);
  }
  const lines = fs.readFileSync(`${directory}/plain/access.log`, 'utf8').split('\n').filter((line) => line.includes('"refused-'));
  assert.ok(lines.some((line) => line.includes(`"upstream":"${nobody}:${servicePort}, ${first}:${servicePort}"`)), 'nobody was never asked');
});

// --- The real service ---

await until('the real service', async () =>
  (await fetch(`http://${realService}:${servicePort}/q/health/ready`).catch(() => ({}))).status === 200, seconds(30));
await instancesAre(realService);

await check('the real service tells nothing of /q, however it is spelled', async () => {
  for (const path of ['/api/content/..;/..;/q/health', '/api/content/%252e%252e/%252e%252e/q/health', '/api/content/..%5c..%5cq/health',
    '/api/content/..\\..\\q\\health', '/api/content/;/../../q/health', '/api/content/q/health', '/api/content/%c0%ae%c0%ae/q', '/q/health']) {
    const answer = await askRaw(spelled(path));
    assert.ok(answer.status >= 400 && answer.status < 500, `${path} ${answer.status}`);
    assert.equal(JSON.parse(answer.body).code, 'CONTENT_004', `${path} ${answer.body}`);
  }
});

let jobPath;
let pictureAt;
await check('its Location has the scheme, host and prefix that the client asked for, and no other', async () => {
  const generate = (options) => ask({ method: 'POST', ...options, path: `${options.prefix ?? ''}${draft}/generate` });
  for (const [start, options] of [
    ['http://shop.example', { headers: { Host: 'shop.example', ...forged } }],
    ['http://shop.example:8080', { headers: { Host: 'shop.example:8080', ...forged } }],
    ['http://shop.example/shop', { port: tailored, prefix: '/shop', headers: { Host: 'shop.example', ...forged } }],
    ['https://shop.example/shop', { port: secure, over: https, prefix: '/shop', headers: { Host: 'shop.example', ...forged } }],
    ['https://shop.example:8443/shop', { port: secure, over: https, prefix: '/shop', headers: { Host: 'shop.example:8443' } }],
    ['https://shop.example/shop', { port: tailored, prefix: '/shop', from: '127.0.9.1',
      headers: { Host: 'inside', 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'shop.example' } }],
  ]) {
    const answer = await generate(options);
    assert.equal(answer.status, 202, answer.body);
    jobPath = `/api/content/images/jobs/${JSON.parse(answer.body).jobId}`;
    assert.deepEqual(answer.headers.location, [`${start}${jobPath}`]);
  }
});

await check('its events come one by one, its long poll is answered when the job changes, its pictures come', async () => {
  const { response } = await ask({ port: tailored, path: `/shop${jobPath}/events`, open: true });
  let text = '';
  response.on('data', (chunk) => (text += chunk));
  await until('the first event', () => text.includes('data:{'), seconds(3));
  assert.ok(!text.includes('COMPLETED') && !response.complete);
  const { headers } = await ask({ path: jobPath });
  let answered = false;
  const poll = ask({ path: jobPath, headers: { Prefer: 'wait=25', 'If-None-Match': headers.etag[0] } });
  poll.then(() => (answered = true));
  await pause(seconds(1));
  assert.ok(!answered);
  releaseProvider();
  assert.equal((await poll).status, 200);
  await until('the end of the events', () => response.complete);
  assert.ok(text.includes('COMPLETED'));
  const { imageUrls } = JSON.parse((await ask({ path: jobPath })).body);
  const url = new URL(imageUrls.fancy);
  assert.ok(url.pathname.startsWith('/shop/api/content/images/files/'));
  const file = await ask({ port: url.port, path: url.pathname });
  assert.ok(file.bytes.equals(Buffer.from(picture, 'base64')));
  assert.deepEqual(file.headers['x-content-type-options'], ['nosniff']);
  pictureAt = { port: url.port, path: url.pathname };
});

let renditionAt;
await check('its renditions come through, listed with the prefix, and 503 with its own Retry-After if too many wait', async () => {
  const { images } = JSON.parse((await ask({ path: draft })).body);
  const { renditions } = images.find(({ style }) => style === 'fancy');
  assert.equal(Object.keys(renditions).length, 9);
  const url = new URL(renditions['kakao-wide'].url);
  assert.ok(url.pathname.startsWith('/shop/api/content/images/files/'));
  renditionAt = { port: url.port, path: url.pathname };
  const file = await ask(renditionAt);
  assert.deepEqual([file.status, file.headers['content-type']], [200, ['image/jpeg']]);
  assert.deepEqual([...file.bytes.subarray(0, 3), ...file.bytes.subarray(-2)], [0xff, 0xd8, 0xff, 0xff, 0xd9]);
  assert.match(file.headers['cache-control'][0], /^public, immutable, max-age=604[78]\d\d$/);
  // One may be made and one may wait. Each client has a rate of its own.
  const paths = images.flatMap((image) => Object.values(image.renditions)).map((rendition) => new URL(rendition.url).pathname);
  const answers = await Promise.all(paths.map((path) => ask({ port: url.port, path, from: client() })));
  const refused = answers.filter(({ status }) => status !== 200);
  assert.ok(refused.length > 0 && refused.length < paths.length, `${refused.length} of ${paths.length} were refused`);
  refused.forEach((answer) => {
    assert.deepEqual([answer.status, JSON.parse(answer.body).code, answer.headers['retry-after']], [503, 'CONTENT_007', ['5']]);
  });
});

await check('its pictures have the same headers for HEAD as for GET, come in parts and not again, and are gone once deleted', async () => {
  const whole = await ask(pictureAt);
  const head = await ask({ ...pictureAt, method: 'HEAD' });
  assert.deepEqual([head.status, head.bytes.length], [200, 0]);
  for (const name of ['content-length', 'content-type', 'etag', 'last-modified', 'accept-ranges', 'content-disposition']) {
    assert.ok(whole.headers[name], name);
    assert.deepEqual(head.headers[name], whole.headers[name]);
  }
  for (const { headers } of [whole, head]) {
    assert.match(headers['cache-control'][0], /^public, immutable, max-age=604[78]\d\d$/);
  }
  const get = async (headers) => (({ status, bytes }) => [status, bytes.length])(await ask({ ...pictureAt, headers }));
  const size = whole.bytes.length;
  const [tag] = whole.headers.etag;
  assert.deepEqual(await get({ 'If-None-Match': tag }), [304, 0]);
  assert.deepEqual(await get({ 'If-Modified-Since': whole.headers['last-modified'][0] }), [304, 0]);
  assert.deepEqual(await get({ Range: 'bytes=2-5' }), [206, 4]);
  assert.deepEqual(await get({ Range: 'bytes=2-5', 'If-Range': tag }), [206, 4]);
  assert.deepEqual(await get({ Range: 'bytes=2-5', 'If-Range': '"another"' }), [200, size]);
  assert.equal((await get({ Range: `bytes=${size}-` }))[0], 416);
  assert.equal((await ask({ method: 'DELETE', path: draft })).status, 204);
  for (const method of ['GET', 'HEAD']) {
    assert.equal((await ask({ ...pictureAt, method })).status, 410);
    assert.equal((await ask({ ...renditionAt, method })).status, 410);
  }
});

await Promise.all(slow);

await check('no instance was ever asked for anything else', async () => {
  assert.ok(requests.length > 300);
  assert.deepEqual(requests.filter((request) => !request.url.startsWith('/api/content/')), []);
});

await check('each call is a line of JSON in the log, without its query', async () => {
  const lines = fs.readFileSync(`${directory}/plain/access.log`, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(lines.length > 300);
  assert.ok(!JSON.stringify(lines).includes('force=true'));
  const lost = lines.find((line) => line.requestId === 'lost-1');
  assert.deepEqual([lost.path, lost.status, lost.method, lost.upstream], ['/q', '404', 'GET', '']);
  const refused = lines.find((line) => line.limit === 'REJECTED' && line.path.endsWith('/generate'));
  assert.deepEqual([refused.method, refused.status], ['POST', '429']);
  const traced = lines.find((line) => line.traceparent === traceparent);
  assert.ok(traced.upstream === `${first}:${servicePort}` && traced.upstreamStatus === '200' && traced.seconds >= 0);
  assert.ok(!lines.some((line) => line.path === '/gateway/health'));
});

await check('nothing was written down on its way, and nothing alarmed nginx', async () => {
  for (const gateway of ['plain', 'tailored']) {
    const log = fs.readFileSync(`${directory}/${gateway}/error.log`, 'utf8');
    assert.doesNotMatch(log, /buffered to a temporary file|\[(alert|crit|emerg)\]/);
  }
});

clearTimeout(giveUp);
process.exit(0);
