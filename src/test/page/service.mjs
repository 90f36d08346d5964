// A service that a test plays itself, between the page and the real one: it answers at once, late, wrongly or not at all.
import { STYLES } from './browser.mjs';

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="#4b3fd6"/></svg>';

export const problem = (status, code, message) => ({
  status, contentType: 'application/problem+json', body: JSON.stringify({ status, code, message }),
});

export const json = (body, status = 200) => ({ status, contentType: 'application/json', body: JSON.stringify(body) });

export const link = (draft, style) => `http://service.example/api/content/images/files/${draft}-${style}.svg`;

export function job(jobId, draft, styles, status = 'COMPLETED') {
  const now = new Date().toISOString();
  return {
    jobId, eventDraftId: draft, type: 'IMAGE_GEN', status, progress: 0, message: status, createdAt: now, updatedAt: now,
    styles: styles.map((style) => ({ style, status, ...status === 'COMPLETED' && { imageUrl: link(draft, style) } })),
  };
}

/**
 * Plays the service: the images of every draft are finished at once.
 *
 * @param answers by `METHOD pattern` of what follows `/api/content/images/`: a function from the match and the request to an
 *   answer, to null for no answer ever, or to undefined for the usual one. May be changed while the test runs.
 */
export async function play(page, answers) {
  const usual = {
    'POST ([^/]+)/generate': ([, draft]) => json({ jobId: `job-${draft}`, status: 'PENDING' }, 202),
    'POST ([^/]+)/styles/([^/]+)/regenerate': ([, draft, style]) => json({ jobId: `job-${draft}-${style}` }, 202),
    'GET jobs/job-([^/]+)/events': ([, draft]) => ({
      contentType: 'text/event-stream', body: `data: ${JSON.stringify(job(`job-${draft}`, draft, STYLES))}\n\n`,
    }),
    'GET jobs/job-([^/]+)': ([, draft]) => json(job(`job-${draft}`, draft, STYLES)),
    'GET files/.*': () => ({ contentType: 'image/svg+xml', body: PICTURE }),
    'DELETE .*': () => ({ status: 204 }),
    'GET ([^/]+)': ([, draft]) => json({ images: STYLES.map((style) => ({ style, imageUrl: link(draft, style) })) }),
  };
  await page.route('**/api/content/images/**', async (route) => {
    const request = route.request();
    const asked = `${request.method()} ${decodeURIComponent(new URL(request.url()).pathname.split('/api/content/images/')[1])}`;
    for (const [pattern, answer] of [...Object.entries(answers), ...Object.entries(usual)]) {
      const match = new RegExp(`^${pattern}$`).exec(asked);
      const answered = match ? await answer(match, request) : undefined;
      if (answered !== undefined) {
        await (answered === null || route.fulfill(answered).catch(() => {}));
        return;
      }
    }
  });
}

/** An answer that comes when the test lets it. */
export function late() {
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  return { release, released };
}
