import { useId, type ReactNode } from 'react';
import styles from './PopoverButton.module.css';

interface PopoverButtonProps {
  readonly label: ReactNode;
  readonly className?: string | undefined;
  /** What the panel is for, read when it opens. */
  readonly panelLabel: string;
  /** Where the panel stands to its button. */
  readonly side?: 'below' | 'above';
  readonly children: (close: () => void) => ReactNode;
}

/**
 * A button with a small panel: the browser's own popover, so Escape and a click elsewhere close it and the focus
 * returns to the button. What is marked `data-autofocus` in it has the focus when it opens.
 */
export function PopoverButton({
  label,
  className,
  panelLabel,
  side = 'below',
  children,
}: PopoverButtonProps) {
  const id = useId();
  return (
    <span className={styles.anchor}>
      <button type="button" popoverTarget={id} className={className}>
        {label}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={panelLabel}
        className={styles.panel}
        data-side={side}
        onToggle={({ currentTarget, newState }) => {
          if (newState === 'open') currentTarget.querySelector<HTMLElement>('[data-autofocus]')?.focus();
        }}
      >
        {children(() => document.getElementById(id)?.hidePopover())}
      </div>
    </span>
  );
}
