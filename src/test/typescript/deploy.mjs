// A deploy in the middle of a job, for a client: node deploy.mjs BASE cut|end COMMAND…
// Forwards the requests of COMMAND to BASE, but stops like an instance once the first event has been sent: the stream of
// events ends (as after SIGTERM) or is cut (as after SIGKILL), then connections are refused for two seconds, and the gateway
// responds 502 for two more. Exits with the code of COMMAND, and fails if COMMAND ended before the first event.
import { spawn } from 'node:child_process';
import { createServer, request } from 'node:http';

const AWAY = 2000;
const [base, way, command, ...args] = process.argv.slice(2);
let instance = 'old';

const proxy = createServer((asked, answer) => {
  if (instance === 'gone') return answer.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>502 Bad Gateway</h1>');
  const headers = { ...asked.headers, host: new URL(base).host };
  const passed = request(new URL(asked.url, base), { method: asked.method, headers }, (given) => {
    answer.writeHead(given.statusCode, given.headers);
    given.on('data', (bytes) => {
      answer.write(bytes);
      if (instance === 'old' && given.headers['content-type']?.startsWith('text/event-stream')) stop(given, answer);
    });
    given.on('end', () => answer.end());
    given.on('error', () => answer.destroy());
  });
  passed.on('error', () => answer.destroy());
  asked.pipe(passed);
});

function stop(given, answer) {
  instance = 'stopping';
  setImmediate(() => {
    given.destroy();
    if (way === 'end') answer.end();
    else answer.destroy();
    const { port } = proxy.address();
    proxy.close();
    setTimeout(() => proxy.closeAllConnections(), 100);
    setTimeout(() => proxy.listen(port, 'localhost'), AWAY);
    instance = 'gone';
    setTimeout(() => (instance = 'new'), 2 * AWAY);
  });
}

proxy.listen(0, 'localhost', () => {
  const env = { ...process.env, BASE: `http://localhost:${proxy.address().port}` };
  spawn(command, args, { env, stdio: 'inherit' }).on('exit', (code) => {
    if (instance !== 'new') console.error(`the client ended while the instance was ${instance}`);
    process.exit(instance === 'new' ? code : 1);
  });
});
