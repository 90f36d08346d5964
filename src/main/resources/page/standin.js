// What only dev mode has: the samples, typed recommendations, and the moods of the stand-in image API.
import { call } from './api.js';
import { say } from './words.js';

const ALL = 'all';

const embedded = (path) => new URL(`embedded/${path}`, document.baseURI);

export const isThere = () => document.documentElement.dataset.standIns === 'true';

const get = async (path) => (await call('GET', embedded(path))).body;

const post = async (path, body) => (await call('POST', embedded(path),
  { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).body;

export const samples = () => get('recommendations');

/** Writes a recommendation as the AI service would. The same texts are the same draft. */
export const type = async (texts) => (await post('recommendations', texts)).eventDraftId;

export const typed = (draft) => get(`recommendations/${encodeURIComponent(draft)}`);

/**
 * The providers and the moods as buttons: a mood is that of the chosen provider, or of all.
 *
 * @param attempt runs what a tap asks for, and shows its failure
 */
export async function build(attempt) {
  const { providers, moods } = await get('mood');
  if (!document.getElementById('stand-in').hidden) {
    return;
  }
  const state = { moods: providers, chosen: ALL };
  const groups = [document.getElementById('providers'), document.getElementById('moods')];
  const render = () => renderButtons(groups, state);
  for (const each of [ALL, ...Object.keys(providers)]) {
    addButton(groups[0], 'provider', each, each === ALL ? 'provider-all' : undefined, () => {
      state.chosen = each;
      render();
    });
  }
  for (const each of moods) {
    addButton(groups[1], 'mood', each, `mood-${each}`, () => attempt(async () => {
      const provider = state.chosen === ALL ? {} : { provider: state.chosen };
      state.moods = (await post('mood', { mood: each, ...provider })).providers;
      render();
    }));
  }
  render();
  document.getElementById('stand-in').hidden = false;
}

/** @param word what the page calls it; a name is shown as it is */
function addButton(group, kind, value, word, press) {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: word ? say(word) : value });
  button.dataset[kind] = value;
  if (word) {
    button.dataset.word = word;
  }
  button.addEventListener('click', press);
  group.append(button);
}

function renderButtons([providers, moods], state) {
  const concerned = state.chosen === ALL ? Object.values(state.moods) : [state.moods[state.chosen]];
  [...providers.children].forEach((button) => {
    button.setAttribute('aria-pressed', String(button.dataset.provider === state.chosen));
  });
  [...moods.children].forEach((button) => {
    button.setAttribute('aria-pressed', String(concerned.every((mood) => mood === button.dataset.mood)));
  });
}
