import { Button, createTheme, TextInput } from '@mantine/core';
import button from './Button.module.css';
import field from './field.module.css';

/** Mantine's behaviour in Chairside's clothes: every look comes from the tokens, through the classes named here. */
export const theme = createTheme({
  fontFamily: 'var(--cs-font)',
  primaryShade: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      classNames: { root: button.root, section: button.section, label: button.label },
      defaultProps: { variant: 'default' },
    }),
    TextInput: TextInput.extend({
      classNames: { input: field.input, section: field.section, label: field.label },
    }),
  },
});
