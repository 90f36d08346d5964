// Images that the network or the service does not give: each says so in its place, and is loaded again when that may help.
import { problemOf } from './api.js';
import { say } from './words.js';

const GONE = [404, 410];
const NOT_POSSIBLE = 422;

/** Puts beside an image what is shown in its place. */
export function watch(image) {
  const box = Object.assign(document.createElement('div'), { className: 'not-loaded', hidden: true });
  const button = Object.assign(document.createElement('button'), { type: 'button' });
  button.addEventListener('click', () => {
    // The button goes with its box.
    image.parentElement.tabIndex = -1;
    image.parentElement.focus();
    load(image);
  });
  box.append(document.createElement('p'), button);
  name(button, 'loadAgain');
  image.after(box);
  image.addEventListener('error', () => fail(image));
}

/** @param address what to show, or null */
export function set(image, address) {
  if (address === null) {
    unmark(image);
    image.removeAttribute('src');
  } else if (image.getAttribute('src') !== address) {
    unmark(image);
    image.src = address;
  }
}

/** Loads again what may be there now. */
export function loadMissing() {
  document.querySelectorAll('img[data-missing=again]').forEach(load);
}

function load(image) {
  const address = image.getAttribute('src');
  // An image with display: none that loads lazily is never loaded.
  unmark(image);
  image.removeAttribute('src');
  image.src = address;
}

async function fail(image) {
  const address = image.getAttribute('src');
  if (!address) {
    return;
  }
  mark(image, 'again', 'notLoaded');
  if (document.activeElement === image.parentElement) {
    image.nextElementSibling.querySelector('button').focus();
  }
  const status = (await problemOf(address))?.status;
  if (image.getAttribute('src') === address && image.dataset.missing) {
    if (GONE.includes(status)) {
      mark(image, 'for-good', 'imageGone');
    } else if (status === NOT_POSSIBLE) {
      mark(image, 'for-good', 'noRendition');
    }
  }
}

function mark(image, missing, word) {
  const box = image.nextElementSibling;
  image.dataset.missing = missing;
  box.hidden = false;
  name(box.querySelector('p'), word);
  const button = box.querySelector('button');
  const hadFocus = button === document.activeElement;
  button.hidden = missing !== 'again';
  if (hadFocus && button.hidden) {
    image.parentElement.focus();
  }
}

function unmark(image) {
  delete image.dataset.missing;
  image.nextElementSibling.hidden = true;
}

/** A change of the language finds it by its word. */
function name(element, word) {
  element.dataset.word = word;
  element.textContent = say(word);
}
