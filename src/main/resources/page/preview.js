// How a messenger shows the link of an image: the picture, cut to twice as wide as high, above title, text and host.
import { STYLES } from './cards.js';
import * as pictures from './pictures.js';
import { say } from './words.js';

const element = (id) => document.getElementById(id);

let chosen = 'simple';
let shown = { title: '', text: '', images: [] };

export const build = () => pictures.watch(element('preview-image'));

export function show(event) {
  shown = event;
  render();
}

export function render() {
  const { title, text, images } = shown;
  element('preview').hidden = images.length === 0;
  if (images.length === 0) {
    return;
  }
  const image = images.find(({ style }) => style === chosen) ?? images[0];
  element('preview-url').textContent = image.address;
  pictures.set(element('preview-image'), image.address);
  element('preview-name').textContent = title;
  element('preview-text').textContent = text;
  element('preview-host').textContent = new URL(image.address).host;
  renderStyles(images, image.style);
}

function renderStyles(images, pressed) {
  const group = element('preview-styles');
  for (const style of STYLES) {
    let button = group.querySelector(`[data-style=${style}]`);
    if (!button) {
      button = Object.assign(document.createElement('button'), { type: 'button' });
      button.dataset.style = style;
      button.addEventListener('click', () => {
        chosen = style;
        render();
      });
      group.append(button);
    }
    button.hidden = images.every((image) => image.style !== style);
    button.textContent = say(style);
    button.setAttribute('aria-pressed', String(style === pressed));
  }
}
