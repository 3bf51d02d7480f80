// Who may vouch for an https server: the authorities that Node brings, and those that the owner of this computer added to the
// system, as a home or a company does for its own servers. Nothing ever switches the check off.
import tls from 'node:tls'

/** Node has `getCACertificates` since 22.15; the types are those of the oldest one that runs this, without it. */
interface Stores extends Pick<typeof tls, 'rootCertificates'> {
  readonly getCACertificates?: (store: 'default' | 'system') => readonly string[]
}

let context: tls.SecureContext | undefined

/**
 * Without a list Node takes its own authorities and those of `NODE_EXTRA_CA_CERTS`; a list replaces them, so it begins with
 * what `default` names, which is the same.
 */
function authorities(): tls.SecureContextOptions {
  const stores: Stores = tls
  if (stores.getCACertificates === undefined) return {}
  try {
    const ca = [...new Set([...stores.getCACertificates('default'), ...stores.getCACertificates('system')])]
    return ca.length === 0 ? {} : { ca }
  } catch {
    // A store that cannot be read vouches for nobody. Node's own authorities count all the same.
    return {}
  }
}

/** What every TLS connection is made with. Made once, and not before the first: it reads some hundred certificates. */
export function trust(): tls.SecureContext {
  context ??= tls.createSecureContext({ ...authorities(), minVersion: 'TLSv1.2' })
  return context
}
