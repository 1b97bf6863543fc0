// First step of every script that needs it: an optional dependency brings Node along, and npm skips it in silence
// where it could not be fetched.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Chairside needs Node 22.18 or newer; this is ${process.versions.node}. ` +
      'On Linux x64 `npm ci` brings one along; elsewhere install it from https://nodejs.org.',
  );
  process.exit(1);
}
