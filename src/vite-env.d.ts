/** True where the made-up clinic comes along: development, browser tests and the standalone build. */
declare const __STANDALONE__: boolean;
