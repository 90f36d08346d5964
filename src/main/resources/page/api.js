// The calls of the public API. Paths are relative, so the page works below a gateway's prefix and at any address.

const api = new URL('api/content/', document.baseURI);

/** The clock of this device may be wrong: how far it is behind the server's, in milliseconds. */
let skew = 0;

/** A problem (RFC 9457) that the service has answered with; without a message if something in front of it has. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body?.message ?? '');
    Object.assign(this, { status, code: body?.code, requestId: body?.requestId, retryAfter });
  }

  /** Whether the same request may succeed later. */
  get isTemporary() {
    return this.status === 429 || this.status >= 500;
  }
}

/** No response, or only a part of one: the request may have arrived or not. */
export class NoResponse extends Error {}

export async function call(method, address, { headers, body } = {}) {
  let response;
  try {
    response = await fetch(address, { method, headers, body });
  } catch (failure) {
    throw new NoResponse(String(failure));
  }
  skew = (Date.parse(response.headers.get('Date')) || Date.now()) - Date.now();
  // A gateway may send a date.
  const retryAfter = Number(response.headers.get('Retry-After')) || 0;
  const received = response.status === 204 ? {} : await response.json().catch(() => undefined);
  if (!response.ok) {
    throw new Problem(response.status, received, retryAfter);
  }
  if (received === undefined) {
    throw new NoResponse(`not JSON: ${response.status}`);
  }
  return { body: received, retryAfter, replayed: response.headers.has('Idempotent-Replayed') };
}

const address = (...parts) => new URL(parts.map(encodeURIComponent).join('/'), api);

const withKey = (key) => ({ headers: { 'Idempotency-Key': key } });

/** The key makes it safe to send the same request again when no response came. */
export function generate(draft, force, key) {
  const generation = address('images', draft, 'generate');
  if (force) {
    generation.searchParams.set('force', 'true');
  }
  return call('POST', generation, withKey(key));
}

export const regenerate = (draft, style, key) =>
  call('POST', address('images', draft, 'styles', style, 'regenerate'), withKey(key));

export const getJob = (jobId) => call('GET', address('images', 'jobs', jobId));

export const cancelJob = (jobId) => call('DELETE', address('images', 'jobs', jobId));

export const getImages = (draft) => call('GET', address('images', draft));

export const deleteImage = (draft, style) => call('DELETE', address('images', draft, 'styles', style));

export const eventsOf = (jobId) => address('images', 'jobs', jobId, 'events');

/**
 * Where this page finds an image: links start with the public address of the service, which a phone in the LAN or a
 * forwarded port need not reach.
 */
export function imageAddress(imageUrl) {
  const file = imageUrl.split('/images/files/')[1];
  return file ? new URL(`images/files/${file}`, api).href : imageUrl;
}

/** Why an image is not loaded, which its element does not tell: a problem, or null where nothing is known. */
export async function problemOf(image) {
  if (new URL(image).origin !== api.origin || !navigator.onLine) {
    return null;
  }
  // Behind a redirect is another origin, which a script may not ask.
  const response = await fetch(image, { redirect: 'manual' }).catch(() => null);
  if (!response || response.status < 400) {
    response?.body?.cancel();
    return null;
  }
  return new Problem(response.status, await response.json().catch(() => undefined), 0);
}

/** One per tap. randomUUID is for secure contexts only, and a phone in the LAN is none. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const serverTime = () => Date.now() + skew;
