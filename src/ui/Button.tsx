import { useId, type MouseEventHandler, type ReactNode } from 'react';
import { Button as MantineButton } from '@mantine/core';
import styles from './Button.module.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick?: MouseEventHandler<HTMLButtonElement> | undefined;
  readonly type?: 'button' | 'submit';
  /** `primary` once per view at most. */
  readonly kind?: 'primary' | 'plain' | 'quiet';
  readonly icon?: ReactNode;
  readonly iconAfter?: ReactNode;
  readonly wide?: boolean;
  /** Takes the focus when the panel or dialog around it opens. */
  readonly autoFocus?: boolean;
  /** Why the button does nothing now; shown beside it and read with it. The button stays reachable. */
  readonly disabledReason?: string | undefined;
  /** Where the reason already stands beside the button, it is only read. */
  readonly reasonHidden?: boolean;
}

const VARIANTS = { primary: 'filled', plain: 'default', quiet: 'subtle' } as const;

/** A button that, when it can do nothing, says why. */
export function Button({
  children,
  onClick,
  type = 'button',
  kind = 'plain',
  icon,
  iconAfter,
  wide = false,
  autoFocus = false,
  disabledReason,
  reasonHidden = false,
}: ButtonProps) {
  const reasonId = useId();
  const disabled = disabledReason !== undefined;
  // One structure in both states: a button that is replaced would lose the focus.
  return (
    <span className={styles.withReason} data-wide={wide}>
      <MantineButton
        type={type}
        variant={VARIANTS[kind]}
        leftSection={icon}
        rightSection={iconAfter}
        fullWidth={wide}
        data-autofocus={autoFocus || undefined}
        aria-disabled={disabled || undefined}
        aria-describedby={disabled ? reasonId : undefined}
        onClick={(event) => (disabled ? event.preventDefault() : onClick?.(event))}
      >
        {children}
      </MantineButton>
      {disabled && (
        <span id={reasonId} className={reasonHidden ? 'cs-visually-hidden' : styles.reason}>
          {disabledReason}
        </span>
      )}
    </span>
  );
}
