// A service of some later version, for clients that were generated today: node future.mjs COMMAND…
// Runs COMMAND with its address in $FUTURE. Its answers have members, statuses, styles and error codes that the document
// does not list and says may be added.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const JOB_ID = '994796be-2775-4c8f-90b4-5527bd804d98';
const TIME = '2031-05-06T07:08:09.123Z';
const IMAGE_URL = `http://localhost/api/content/images/files/${JOB_ID}-cubist.avif`;

const job = {
  jobId: JOB_ID, eventDraftId: 'spring-latte', type: 'VIDEO_GEN', status: 'ARCHIVED', progress: 50, message: '보관되었습니다',
  possiblyChargedTwice: false, createdAt: TIME, updatedAt: TIME, expiresAt: TIME, archive: { shelf: 7, box: null },
  imageUrls: { cubist: IMAGE_URL },
  usage: [{ provider: 'main', model: 'm-9', pictures: 1, inputTokens: 57, cost: { amount: 0.055305, currency: 'USD', tax: 0.1 }, joules: 8 }],
  styles: [
    {
      style: 'cubist', label: '입체파', status: 'ARCHIVED', imageUrl: IMAGE_URL, possiblyChargedTwice: false, frame: 'oak',
      provider: 'main', model: 'm-9',
    },
    {
      style: 'simple', label: '심플', status: 'FAILED', possiblyChargedTwice: false,
      error: { code: 'OUT_OF_PAINT', message: '물감이 없습니다', colour: 'blue' },
    },
  ],
};
const gallery = {
  eventDraftId: 'spring-latte', outdated: false, imageUrls: { cubist: IMAGE_URL }, curator: 'somebody',
  images: [{
    style: 'cubist', label: '입체파', imageUrl: IMAGE_URL, jobId: JOB_ID, outdated: false, createdAt: TIME, expiresAt: TIME,
    frame: { wood: 'oak' }, provider: 'main', model: 'm-9',
    renditions: { hologram: { url: IMAGE_URL, width: 9, height: 9, mediaType: 'image/avif', bytes: 99, depth: 9 } },
  }],
};
const accepted = { jobId: JOB_ID, status: 'QUEUED', message: '대기 중입니다', position: 3 };
const problem = {
  type: 'tag:event.kt.com,2031:content:CONTENT_099', status: 409, title: 'The future', code: 'CONTENT_099',
  message: '나중에 생긴 오류입니다', severity: 'low', violations: [{ field: 'jobId', in: 'cookie', message: 'new', hint: 'x' }],
};

const server = createServer((request, response) => {
  const send = (status, body, type = 'application/json') => {
    response.writeHead(status, { 'Content-Type': type, ETag: '"9"' }).end(JSON.stringify(body));
  };
  const path = new URL(request.url, 'http://localhost').pathname;
  if (request.method === 'POST') return send(202, accepted);
  if (request.method === 'DELETE') return send(409, problem, 'application/problem+json');
  if (path.endsWith('/events')) {
    const events = `id: 9\ndata: ${JSON.stringify(job)}\n\n`;
    return response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(events);
  }
  send(200, path.includes('/jobs/') ? job : gallery);
});

server.listen(0, 'localhost', () => {
  const [command, ...args] = process.argv.slice(2);
  const env = { ...process.env, FUTURE: `http://localhost:${server.address().port}` };
  spawn(command, args, { env, stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1));
});
