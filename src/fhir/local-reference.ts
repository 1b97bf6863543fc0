/** References as records hold them: which of them mean a record of this server. */

/**
 * The type and id that a reference means on this server: `Patient/1`, that version of it, or the same under the FHIR
 * base. Nothing for another server's record, whose id could be somebody else's here, and for what is no address.
 */
export function localReference(
  reference: string,
  baseUrl: string,
): { readonly type: string; readonly id: string } | undefined {
  const relative = reference.startsWith(`${baseUrl}/`) ? reference.slice(baseUrl.length + 1) : reference;
  const [, type, id] = /^([A-Z]\w*)\/([\w.-]+)(?:\/_history\/.*)?$/.exec(relative) ?? [];
  return type === undefined || id === undefined ? undefined : { type, id };
}
