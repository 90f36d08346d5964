// An image API for .ci/container: node image-api.mjs PORT KEY. It speaks POST /v1/images/generations, as OpenAI's does,
// and responds with a different PNG to each call. Tests control it by POST /hold and /release (no call gets a response in
// between) and GET /calls (a line for each call: number, style, caller, state, the image's SHA-256).
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

const [port, key] = process.argv.slice(2);
// One transparent pixel, padded to the size of a real image.
const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
const calls = [];
const waiting = new Set();
let held = false;

function answer(call, response) {
    const picture = Buffer.concat([pixel, randomBytes(1_500_000)]);
    call.sha256 = createHash('sha256').update(picture).digest('hex');
    call.state = 'answered';
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ created: 1, data: [{ b64_json: picture.toString('base64') }] }));
}

async function generate(request, response) {
    let body = '';
    for await (const piece of request) {
        body += piece;
    }
    const style = /^Style: (\w+)$/m.exec(JSON.parse(body).prompt)?.[1] ?? 'unknown';
    const caller = request.socket.remoteAddress.replace('::ffff:', '');
    const call = { style, caller, state: 'open', sha256: '-' };
    calls.push(call);
    if (request.headers.authorization !== `Bearer ${key}`) {
        call.state = 'refused';
        response.writeHead(401).end();
        return;
    }
    response.on('close', () => {
        if (call.state === 'open') {
            call.state = 'abandoned';
        }
    });
    const go = () => call.state === 'open' && answer(call, response);
    if (held) {
        waiting.add(go);
    } else {
        go();
    }
}

createServer(async (request, response) => {
    switch (`${request.method} ${request.url}`) {
        case 'POST /v1/images/generations':
            return generate(request, response);
        case 'POST /hold':
            held = true;
            return response.end();
        case 'POST /release':
            held = false;
            waiting.forEach((go) => go());
            waiting.clear();
            return response.end();
        case 'GET /calls':
            return response.end(calls.map((c, i) => `${i + 1} ${c.style} ${c.caller} ${c.state} ${c.sha256}\n`).join(''));
        default:
            return response.writeHead(404).end();
    }
}).listen(port, '0.0.0.0');
