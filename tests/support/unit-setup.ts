// Node has no Temporal yet; Chromium has it, so only tests in Node load the polyfill.
import 'temporal-polyfill/global';
