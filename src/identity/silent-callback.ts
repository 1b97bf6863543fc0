/**
 * The whole script of silent-callback.html: hands the address, with the answer of the sign-in service in it, to the
 * tab that waits for it. Imports nothing, so that the page costs one small request.
 */
const state = new URL(location.href).searchParams.get('state');
if (state !== null) {
  const channel = new BroadcastChannel(`chairside-sign-in-${state}`);
  channel.postMessage(location.href);
  channel.close();
}
// Ends the popup; a frame is removed by the page around it.
window.close();

export {};
