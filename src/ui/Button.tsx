import { useId, type MouseEventHandler, type ReactNode } from 'react';
import { Button as MantineButton } from '@mantine/core';
import styles from './Button.module.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick?: MouseEventHandler<HTMLButtonElement>;
  readonly type?: 'button' | 'submit';
  /** `primary` once per view at most. */
  readonly kind?: 'primary' | 'plain' | 'quiet';
  readonly icon?: ReactNode;
  readonly iconAfter?: ReactNode;
  readonly wide?: boolean;
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
  // One tree in both states: a button that stops working while it has the focus keeps it.
  return (
    <span className={disabled && !reasonHidden ? styles.withReason : styles.bare}>
      <MantineButton
        type={type}
        variant={VARIANTS[kind]}
        leftSection={icon}
        rightSection={iconAfter}
        fullWidth={wide}
        data-autofocus={autoFocus || undefined}
        aria-disabled={disabled || undefined}
        aria-describedby={disabled ? reasonId : undefined}
        {...(disabled ? { onClick: (event) => event.preventDefault() } : onClick && { onClick })}
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
