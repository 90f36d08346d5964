// The three cards. Their elements stay the same while their state changes, so that focus and screen readers keep their place.
import { imageAddress, serverTime } from './api.js';
import * as pictures from './pictures.js';
import { say, todo } from './words.js';

export const STYLES = ['simple', 'fancy', 'trendy'];

const RUNNING = ['PENDING', 'PROCESSING'];
const EMPTY = { status: 'empty', imageUrl: null, error: null, since: null, took: null, outdated: false, owner: null, waits: false, maker: '' };

const cards = new Map();
/** The addresses of images that were deleted here: their jobs go on naming them. */
const deleted = new Set();
let title = '';
let hasDraft = false;

/** @param act is called with the name of the action and the style */
export function build(list, template, act) {
  for (const style of STYLES) {
    const element = template.content.cloneNode(true).querySelector('.card');
    element.dataset.style = style;
    element.querySelectorAll('button').forEach((button) => {
      button.addEventListener('click', () => act(button.dataset.action, style));
    });
    pictures.watch(element.querySelector('img'));
    list.append(element);
    cards.set(style, { element, ...EMPTY });
    render(style);
  }
  setInterval(() => STYLES.forEach(renderElapsed), 250);
}

export const card = (style) => cards.get(style);

export const images = () => STYLES.filter((style) => card(style).imageUrl)
  .map((style) => ({ style, address: imageAddress(card(style).imageUrl) }));

/** Empties the cards for the images of a draft. */
export function reset(newTitle) {
  title = newTitle;
  hasDraft = true;
  STYLES.forEach((style) => update(style, EMPTY));
}

export function update(style, changes) {
  Object.assign(card(style), changes);
  render(style);
}

/** Empties a card whose image was deleted. */
export function clear(style) {
  deleted.add(card(style).imageUrl);
  update(style, EMPTY);
}

/** Takes over what a job says of one style. An image of before stays until the new one is there. */
export function see(style, task, job) {
  if (task.imageUrl && deleted.has(task.imageUrl)) {
    return;
  }
  const before = card(style);
  const running = RUNNING.includes(task.status);
  update(style, {
    owner: { jobId: job.jobId, createdAt: job.createdAt },
    status: task.status,
    imageUrl: task.imageUrl ?? before.imageUrl,
    error: task.error ?? null,
    maker: task.imageUrl ? makerOf(task) : before.maker,
    outdated: running && before.outdated,
    waits: running && Boolean(job.detail),
    since: Date.parse(job.createdAt),
    took: running ? null : before.took ?? (RUNNING.includes(before.status) ? seconds(job.createdAt, job.updatedAt) : null),
  });
}

/** A job that is gone fills no card any more. */
export function leave(jobId) {
  STYLES.filter((style) => card(style).owner?.jobId === jobId && RUNNING.includes(card(style).status))
    .forEach((style) => {
      const { imageUrl, outdated, maker } = card(style);
      update(style, { ...EMPTY, status: imageUrl ? 'COMPLETED' : 'empty', imageUrl, outdated, maker });
    });
}

/** What the gallery has of one style; its job may have expired. */
export function seeStored({ style, imageUrl, outdated, ...image }) {
  update(style, { ...EMPTY, status: 'COMPLETED', imageUrl, outdated, maker: makerOf(image) });
}

/** Which provider and model made an image; an older image may not say. */
const makerOf = ({ provider, model }) => [provider, model].filter(Boolean).join(' · ');

const seconds = (from, to) => Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));

export function renderAll() {
  STYLES.forEach(render);
}

function render(style) {
  const { element, status, imageUrl, error, outdated, took, waits, maker } = card(style);
  const of = { style: say(style), title };
  const running = RUNNING.includes(status);
  element.setAttribute('aria-busy', String(running));
  element.querySelector('h3').textContent = say(style);
  const badge = element.querySelector('.badge');
  const state = outdated && !running ? say('outdated') : say(waits ? 'state-PENDING' : `state-${status}`);
  text(badge, took === null || status !== 'COMPLETED' ? state : `${state} · ${say('seconds', { n: took })}`);
  badge.dataset.status = status;
  badge.toggleAttribute('data-waits', waits);

  const madeBy = element.querySelector('.maker');
  madeBy.hidden = !(imageUrl && maker);
  text(madeBy, maker);

  const image = element.querySelector('img');
  image.hidden = !imageUrl;
  pictures.set(image, imageUrl ? imageAddress(imageUrl) : null);
  image.alt = say('imageOf', of);
  const empty = element.querySelector('.empty');
  empty.hidden = Boolean(imageUrl) || running;
  text(empty, say(status === 'empty' ? 'emptyHint' : 'noImage'));

  const why = element.querySelector('.why');
  why.hidden = !error;
  why.replaceChildren(...(error ? reasons(error) : []));
  renderButtons(element, of, imageUrl);
  renderElapsed(style);
}

function reasons({ code, message }) {
  const said = Object.assign(document.createElement('p'), { textContent: message, lang: 'ko' });
  return [said, Object.assign(document.createElement('p'), { textContent: todo(code) })];
}

function renderButtons(element, of, imageUrl) {
  element.querySelectorAll('[data-action]').forEach((button) => {
    const { action } = button.dataset;
    text(button, say(action));
    button.setAttribute('aria-label', say(`${action}Of`, of));
    if (action === 'regenerate') {
      button.disabled = !hasDraft;
    } else {
      button.hidden = !imageUrl;
    }
  });
  const download = element.querySelector('a');
  if (imageUrl) {
    download.href = imageAddress(imageUrl);
    download.download = '';
  } else {
    download.removeAttribute('href');
  }
}

function renderElapsed(style) {
  const { element, status, since } = card(style);
  const n = Math.max(0, Math.floor((serverTime() - since) / 1000));
  text(element.querySelector('.elapsed'), RUNNING.includes(status) ? say('seconds', { n }) : '');
}

function text(element, words) {
  if (element.textContent !== words) {
    element.textContent = words;
  }
}
