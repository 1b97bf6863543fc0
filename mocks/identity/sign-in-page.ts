import type { StaffMember } from '#mocks/clinic/staff.ts';

export const SIGN_IN_TITLE = 'Harbor Row sign-in (made-up clinic)';

/** The provider's own look: it stands for another service, so it shares no stylesheet with the application. */
export const SIGN_IN_STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f4f2ec, #141513); --surface: light-dark(#fff, #1c1e1b);
  --hover: light-dark(#efece5, #2a2d29); --edge: light-dark(#c9c4b8, #454943);
  --control: light-dark(#87837a, #7d827a); --text: light-dark(#1f1e1b, #ecebe5);
  --text-2: light-dark(#504d46, #bfbdb4); --accent: light-dark(#0b6660, #6cc7bb);
  --on-accent: light-dark(#fff, #06211e);
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--paper);
  color: var(--text); font: 14px/20px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main { width: 100%; max-width: 400px; padding: 28px; background: var(--surface); border: 1px solid var(--edge);
  border-radius: 8px; }
.brand { display: flex; align-items: center; gap: 12px; margin-bottom: 20px; font-weight: 600; }
.brand small { display: block; font-size: 12px; line-height: 16px; font-weight: 400; color: var(--text-2); }
.mark { width: 32px; height: 32px; padding-top: 6px; border-radius: 5px; background: var(--accent);
  color: var(--on-accent); text-align: center; }
h1 { font-size: 20px; line-height: 28px; }
p { margin: 4px 0 16px; color: var(--text-2); }
ul { display: grid; gap: 8px; padding: 0; list-style: none; }
button { display: flex; justify-content: space-between; align-items: center; gap: 12px; width: 100%;
  min-height: 44px; padding: 8px 12px; font: inherit; color: inherit; text-align: start; background: none;
  border: 1px solid var(--control); border-radius: 5px; cursor: pointer; }
button:hover { background: var(--hover); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button strong { font-weight: 600; }
button span { font-size: 12px; line-height: 16px; color: var(--text-2); text-align: end; }
button[name=cancel] { justify-content: center; margin-top: 16px; border-color: transparent;
  color: var(--accent); }
`;

/** The page on which somebody chooses who to be; `request` is what the form sends back beside the choice. */
export function choicePage(
  people: readonly StaffMember[],
  request: ReadonlyMap<string, string>,
  action: string,
  stylesheet: string,
): string {
  const hidden = [...request]
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
  const choices = people.map(
    ({ id, displayName, role, roleFrom }) =>
      `<li><button name="person" value="${escape(id)}"><strong>${escape(displayName)}</strong> ` +
      `<span>${escape(roleWords(role, roleFrom))}</span></button></li>`,
  );
  return page(
    'Who is signing in?',
    '<p>A made-up clinic: nobody here is real, and nobody has a password.</p>' +
      `<form method="post" action="${escape(action)}">${hidden}<ul>${choices.join('')}</ul>` +
      '<button name="cancel" value="yes">Do not sign in</button></form>',
    stylesheet,
  );
}

/** A page that only says something. */
export function messagePage(heading: string, text: string, stylesheet: string): string {
  return page(heading, `<p>${escape(text)}</p>`, stylesheet);
}

function page(heading: string, content: string, stylesheet: string): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<title>${SIGN_IN_TITLE}</title><link rel="stylesheet" href="${escape(stylesheet)}"></head><body><main>` +
    '<div class="brand"><div class="mark" aria-hidden="true">H</div>' +
    '<div>Harbor Row sign-in<small>Made-up clinic</small></div></div>' +
    `<h1>${escape(heading)}</h1>${content}</main></body></html>`
  );
}

function roleWords(role: StaffMember['role'], roleFrom: StaffMember['roleFrom']): string {
  if (role === undefined) return 'No role';
  const word = role.charAt(0).toUpperCase() + role.slice(1);
  return roleFrom === 'practitioner-role' ? `${word}, by the staff record` : word;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
