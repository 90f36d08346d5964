// An image as each channel accepts it: small, at its true ratio, and as a download. The service makes one when it is requested,
// so none is requested before a person wants to see them.
import { getImages, imageAddress } from './api.js';
import { STYLES } from './cards.js';
import * as pictures from './pictures.js';
import { knows, say } from './words.js';

const element = (id) => document.getElementById(id);

/** How long images may go on arriving before their sizes are asked for. */
const PAUSE = 400;

let chosen = 'simple';
let shown = { title: '', images: [] };
/** The addresses of the images that the renditions below are of. */
let known = '';
/** By style, what the gallery says; by channel. */
let renditions = {};
let sizes;

export function build() {
  element('channels').addEventListener('toggle', refresh);
}

/** @param event with its draft, title and images */
export function show(event) {
  shown = event;
  render();
  refresh();
}

const addresses = () => shown.images.map(({ address }) => address).join(' ');

function refresh() {
  if (element('channels').open && known !== addresses()) {
    read();
  }
}

/** If the gallery cannot be read, what was there stays; the next change reads it again. */
async function read() {
  const { draft } = shown;
  const wanted = addresses();
  known = wanted;
  try {
    const { images } = (await getImages(draft)).body;
    if (wanted === addresses()) {
      renditions = Object.fromEntries(images.map((image) => [image.style, image.renditions ?? {}]));
      render();
    }
  } catch {
    known = '';
  }
}

export function render() {
  element('channels').hidden = shown.images.length === 0;
  if (shown.images.length === 0) {
    element('channels').open = false;
    element('channel-list').replaceChildren();
    [known, renditions] = ['', {}];
    return;
  }
  const { style } = shown.images.find((image) => image.style === chosen) ?? shown.images[0];
  renderStyles(style);
  const channels = Object.entries(renditions[style] ?? {});
  element('no-channels').hidden = !(style in renditions) || channels.length > 0;
  const list = element('channel-list');
  [...list.children].filter(({ dataset }) => channels.every(([name]) => name !== dataset.channel))
    .forEach((item) => item.remove());
  channels.forEach(([name, rendition]) => renderChannel(list, name, rendition, style));
}

function renderChannel(list, name, { url, width, height, mediaType, bytes }, style) {
  let item = list.querySelector(`[data-channel="${name}"]`);
  if (!item) {
    item = element('channel').content.cloneNode(true).querySelector('li');
    item.dataset.channel = name;
    item.querySelector('img').addEventListener('load', readSizes);
    pictures.watch(item.querySelector('img'));
    list.append(item);
  }
  const label = knows(`channel-${name}`) ? say(`channel-${name}`) : name;
  const of = { channel: label, style: say(style), title: shown.title };
  const image = item.querySelector('img');
  if (image.getAttribute('src') !== imageAddress(url)) {
    Object.assign(image, { width: width ?? 0, height: height ?? 0 });
    pictures.set(image, imageAddress(url));
  }
  image.alt = say('channelImageOf', of);
  item.querySelector('strong').textContent = label;
  item.querySelector('small').textContent = [width && `${width} × ${height}`, mediaType.replace('image/', '').toUpperCase(),
    bytes && `${Math.ceil(bytes / 1000)} KB`].filter(Boolean).join(' · ');
  const link = item.querySelector('a');
  Object.assign(link, { href: imageAddress(url), download: '', textContent: say('download') });
  link.setAttribute('aria-label', say('downloadChannelOf', of));
}

/** A rendition that was just made has its size in the gallery. */
function readSizes() {
  clearTimeout(sizes);
  sizes = setTimeout(() => {
    const list = Object.values(renditions[element('channel-styles').dataset.style] ?? {});
    if (shown.images.length > 0 && list.some(({ bytes }) => !bytes)) {
      read();
    }
  }, PAUSE);
}

function renderStyles(pressed) {
  const group = element('channel-styles');
  group.dataset.style = pressed;
  for (const style of STYLES) {
    let button = group.querySelector(`button[data-style=${style}]`);
    if (!button) {
      button = Object.assign(document.createElement('button'), { type: 'button' });
      button.dataset.style = style;
      button.addEventListener('click', () => {
        chosen = style;
        render();
      });
      group.append(button);
    }
    button.hidden = shown.images.every((image) => image.style !== style);
    button.textContent = say(style);
    button.setAttribute('aria-pressed', String(style === pressed));
  }
}
