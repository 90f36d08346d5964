import assert from 'node:assert/strict';

export function ended(job: { status: string }): boolean {
  return ['COMPLETED', 'FAILED', 'CANCELLED'].includes(job.status);
}

export async function assertPicture(picture: Blob): Promise<void> {
  assert.match(picture.type, /^image\//);
  const start = Buffer.from(await picture.arrayBuffer()).subarray(0, 100).toString('latin1');
  assert.match(start, /^(<svg|\x89PNG|\xff\xd8\xff|RIFF....WEBP)/s, `no picture: ${start}`);
}
