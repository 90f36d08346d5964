// Notices above the cards, at most one of each kind. A notice is a function, so that it can be said in another language.
import { say } from './words.js';

const notices = new Map();
let region;

export function build(element) {
  region = element;
}

/**
 * @param view returns what to show: `tone` (info, wait, good, bad), `message`, and optionally `korean` (the message is the
 *   service's own), `hint`, `countdown` (the hint changes every second, which a screen reader should not read), `small`,
 *   `action` with a word and a function, and `stays` (it cannot be closed)
 */
export function show(kind, view) {
  let notice = notices.get(kind);
  if (!notice) {
    notice = { element: Object.assign(document.createElement('div'), { className: 'notice' }) };
    notice.element.dataset.kind = kind;
    notices.set(kind, notice);
    region.append(notice.element);
  }
  notice.view = view;
  render(kind, notice);
}

export function remove(...kinds) {
  for (const kind of kinds) {
    const element = notices.get(kind)?.element;
    const hadFocus = element?.contains(document.activeElement);
    element?.remove();
    notices.delete(kind);
    if (hadFocus) {
      region.focus({ preventScroll: true });
    }
  }
}

export function refresh(...kinds) {
  notices.forEach((notice, kind) => {
    if (kinds.length === 0 || kinds.includes(kind)) {
      render(kind, notice);
    }
  });
}

function render(kind, { element, view }) {
  const { tone, message, korean, hint, countdown, small, action, stays } = view();
  element.dataset.tone = tone;
  part(element, 'message', message, { lang: korean ? 'ko' : document.documentElement.lang });
  part(element, 'hint', hint, countdown ? { 'aria-hidden': 'true' } : {});
  part(element, 'small', small);
  button(element, 'again', action && say(action.word), action?.run);
  button(element, 'close', stays ? undefined : say('close'), () => remove(kind));
}

function part(element, name, words, attributes = {}) {
  let paragraph = element.querySelector(`.${name}`);
  if (!words) {
    paragraph?.remove();
    return;
  }
  if (!paragraph) {
    paragraph = Object.assign(document.createElement('p'), { className: name });
    element.append(paragraph);
  }
  Object.entries(attributes).forEach(([attribute, value]) => paragraph.setAttribute(attribute, value));
  if (paragraph.textContent !== words) {
    paragraph.textContent = words;
  }
}

function button(element, name, words, run) {
  let found = element.querySelector(`button.${name}`);
  if (!words) {
    found?.remove();
    return;
  }
  if (!found) {
    found = Object.assign(document.createElement('button'), { type: 'button', className: name });
    element.append(found);
  }
  // To write into a live region is to have it read, also if nothing changes.
  if (found.textContent !== words) {
    found.textContent = words;
  }
  found.onclick = run;
}
