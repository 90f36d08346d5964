// An image API for .ci/container: node image-api.mjs PORT KEY. It speaks POST /v1/images/generations, as OpenAI's does,
// and responds with a different PNG to each call. Tests control it by POST /hold and /release (no call gets a response in
// between) and GET /calls (a line for each call: number, style, caller, state, the image's SHA-256).
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { crc32, deflateSync } from 'node:zlib';

const [port, key] = process.argv.slice(2);
// In pixels; noise of three bytes each makes 1.5 MB, the size of a real image.
const side = 707;
const calls = [];
const waiting = new Set();
let held = false;

function chunk(type, data) {
    const content = Buffer.concat([Buffer.from(type), data]);
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    crc.writeUInt32BE(crc32(content));
    return Buffer.concat([length, content, crc]);
}

function noise() {
    const head = Buffer.alloc(13);
    head.writeUInt32BE(side, 0);
    head.writeUInt32BE(side, 4);
    head.set([8, 2], 8);
    const rows = Array.from({ length: side }, () => [Buffer.alloc(1), randomBytes(3 * side)]).flat();
    return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
        chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 0 })), chunk('IEND', Buffer.alloc(0))]);
}

function answer(call, response) {
    const picture = noise();
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
