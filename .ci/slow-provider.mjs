// An image API for .ci/load-figures: responds to every call after a random time with the same image, over TLS.
//
//     node slow-provider.mjs port key.pem certificate.pem shortest-seconds longest-seconds image-bytes
import { createServer } from 'node:https';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const [port, key, certificate, ...numbers] = process.argv.slice(2);
const [shortest, longest, size] = numbers.map(Number);
const chunk = (type, data) => {
  const content = Buffer.concat([Buffer.from(type), data]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  crc.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, crc]);
};
// One transparent pixel, and a frame of an animation, which decoders skip here.
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
const png = Buffer.concat([pixel.subarray(0, 33), chunk('fdAT', randomBytes(size)), pixel.subarray(33)]);
const answer = JSON.stringify({ created: 1, data: [{ b64_json: png.toString('base64') }] });
let open = 0;
let most = 0;
createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (request, response) => {
  request.resume().on('end', () => {
    most = Math.max(most, ++open);
    setTimeout(() => {
      open--;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
    }, 1000 * (shortest + Math.random() * (longest - shortest)));
  });
}).listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 });
process.on('SIGTERM', () => {
  console.log(`most calls open at a time: ${most}`);
  process.exit(0);
});
