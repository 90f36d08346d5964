// The event: a sample, or what is typed. Without stand-ins, the id of a draft whose recommendation is selected elsewhere.
import { read, write } from './memory.js';
import * as standIn from './standin.js';
import { say } from './words.js';

const OWN = 'own';
const STORED = 'event';
const FIELDS = { title: 'event-title', text: 'event-text', audience: 'event-audience' };
const NOTHING = { title: '', text: '', audience: '' };
const DRAFT = /^[A-Za-z0-9._-]{1,64}$/;

const element = (id) => document.getElementById(id);

let samples = [];

/**
 * @param draft the one in the address of the page, or null
 * @returns its title and text if they are known
 */
export async function build(draft) {
  // What has been typed but not sent would be lost by a reload.
  const stored = readStored();
  if (!standIn.isThere()) {
    buildDraft(draft ?? stored.draft ?? '');
    return undefined;
  }
  await buildSamples();
  const event = await eventOf(draft);
  if (fits(stored)) {
    choose(stored.choice, stored.typed);
  } else if (event) {
    choose(samples.includes(event) ? String(samples.indexOf(event)) : OWN, event);
  } else {
    choose('0', samples[0]);
  }
  return event;
}

function readStored() {
  try {
    return JSON.parse(read('sessionStorage', STORED)) ?? {};
  } catch {
    return {};
  }
}

/** What was kept by another version of the page, or with other samples, may not. */
const fits = ({ choice: kept, typed: texts }) => texts && Object.keys(FIELDS).every((name) => typeof texts[name] === 'string')
  && choices().some(({ value }) => value === kept);

function buildDraft(draft) {
  element('typed').hidden = true;
  element('chosen').hidden = false;
  element('event-draft').value = draft;
  element('event-draft').addEventListener('input', store);
}

/** Once: the start is repeated if something of it fails. */
async function buildSamples() {
  const found = await standIn.samples();
  if (samples.length > 0) {
    return;
  }
  samples = found;
  samples.forEach((sample, index) => addChoice(String(index), sample.title));
  addChoice(OWN, say('ownEvent'), 'ownEvent');
  element('samples').hidden = false;
  Object.values(FIELDS).forEach((id) => element(id).addEventListener('input', () => {
    choose(OWN);
    store();
  }));
}

async function eventOf(draft) {
  return draft?.startsWith('typed-') ? standIn.typed(draft).catch(() => undefined)
    : samples.find(({ eventDraftId }) => eventDraftId && eventDraftId === draft);
}

function addChoice(value, words, word) {
  const label = document.createElement('label');
  const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'sample', value });
  const text = Object.assign(document.createElement('span'), { textContent: words });
  if (word) {
    text.dataset.word = word;
  }
  input.addEventListener('change', () => {
    choose(value, samples[value] ?? NOTHING);
    store();
  });
  label.append(input, text);
  element('samples').append(label);
}

function choose(value, texts) {
  choices().find((input) => input.value === value).checked = true;
  if (texts) {
    Object.entries(FIELDS).forEach(([name, id]) => { element(id).value = texts[name]; });
  }
}

const choices = () => [...document.querySelectorAll('input[name=sample]')];

const choice = () => choices().find(({ checked }) => checked).value;

const typed = () => Object.fromEntries(Object.entries(FIELDS).map(([name, id]) => [name, element(id).value.trim()]));

function store() {
  write('sessionStorage', STORED, JSON.stringify(standIn.isThere()
    ? { choice: choice(), typed: typed() }
    : { draft: element('event-draft').value }));
}

/** Whether something can be sent; the field says in the language of the page what is missing. */
export function isComplete() {
  const [field, isRight, word] = standIn.isThere()
    ? [element('event-title'), typed().title !== '', 'titleMissing']
    : [element('event-draft'), DRAFT.test(element('event-draft').value), 'draftMalformed'];
  field.setCustomValidity(isRight ? '' : say(word));
  return field.reportValidity();
}

/** What is to be made: a draft, or texts that become one. */
export function chosen() {
  if (!standIn.isThere()) {
    const draft = element('event-draft').value;
    return { draft, event: { title: draft, text: '' } };
  }
  return { draft: samples[choice()]?.eventDraftId, event: typed() };
}

/** The id of the draft, whose recommendation is written first if it was typed. */
export const draftOf = async ({ draft, event }) => draft ?? standIn.type(event);
