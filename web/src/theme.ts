import { byId, setAttribute, setText } from './dom.ts';

const choices = ['auto', 'light', 'dark'] as const;
type Choice = (typeof choices)[number];
const key = 'pipeline.theme';

/** The button that goes through auto, light and dark; the choice is remembered where the browser lets us. */
export function startTheme(changed: () => void): void {
  const button = byId('theme');
  let choice = remembered();
  const apply = (): void => {
    if (choice === 'auto') document.documentElement.removeAttribute('data-theme');
    else setAttribute(document.documentElement, 'data-theme', choice);
    setText(button, `Theme: ${choice}`);
    changed();
  };
  button.addEventListener('click', () => {
    choice = choices[(choices.indexOf(choice) + 1) % choices.length]!;
    remember(choice);
    apply();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
  apply();
}

function remembered(): Choice {
  try {
    return choices.find((c) => c === localStorage.getItem(key)) ?? 'auto';
  } catch {
    // Storage is refused in some private modes; the page then follows the system.
    return 'auto';
  }
}

function remember(choice: Choice): void {
  try {
    localStorage.setItem(key, choice);
  } catch {
    // As above: the choice then holds until the page is closed.
  }
}
