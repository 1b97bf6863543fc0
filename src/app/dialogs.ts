import { useCallback, useState, type ComponentType } from 'react';
import { useIdentityState } from '#src/identity/identity-context.ts';

/** What can be opened over any page. */
export type DialogName = 'find' | 'shortcuts' | 'madeUp';

export interface DialogProps {
  readonly onClose: () => void;
  readonly onOpen: (name: DialogName) => void;
}

/** Their code is fetched when it is needed: the first list does without. */
const LOADERS: Readonly<Record<DialogName, () => Promise<ComponentType<DialogProps>>>> = {
  find: async () => (await import('./palette/Palette.tsx')).Palette,
  shortcuts: async () => (await import('./ShortcutsDialog.tsx')).ShortcutsDialog,
  madeUp: async () => {
    if (__STANDALONE__) return (await import('./made-up/MadeUpDialog.tsx')).MadeUpDialog;
    throw new Error('Only a standalone build has a made-up clinic');
  },
};

interface Shown {
  readonly name: DialogName;
  readonly Dialog: ComponentType<DialogProps>;
}

/** The one dialog over the page, if there is one. */
export function useDialogs() {
  const [shown, setShown] = useState<Shown>();
  const [failed, setFailed] = useState(false);
  const signedIn = useIdentityState().kind === 'signed-in';
  // Nothing of the clinic stays above the screen that asks who is here.
  if (!signedIn && shown !== undefined) setShown(undefined);

  const close = useCallback(() => setShown(undefined), []);
  const open = async (name: DialogName) => {
    try {
      const Dialog = await LOADERS[name]();
      setFailed(false);
      // Dialogs never stand on dialogs: these give way to each other, and all of them to one of the page's own.
      if (document.querySelector('dialog:modal:not([data-over-pages])') === null) setShown({ name, Dialog });
    } catch {
      setFailed(true);
    }
  };
  return {
    shown: signedIn ? shown : undefined,
    /** The code of a dialog did not come. */
    failed,
    close,
    open: (name: DialogName) => void open(name),
    /** Fetches the code of Find, since it may be wanted in a moment. */
    prepare: () => void LOADERS.find().catch(() => {}),
  };
}
