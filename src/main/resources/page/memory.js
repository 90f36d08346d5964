// What the browser keeps for this page: nothing where the person has blocked that.

const attempt = (use) => {
  try {
    return use();
  } catch {
    return null;
  }
};

/** @param area localStorage or sessionStorage, by name: to name it is an error already where it is blocked */
export const read = (area, name) => attempt(() => window[area].getItem(name));

export const write = (area, name, value) => attempt(() => window[area].setItem(name, value));
