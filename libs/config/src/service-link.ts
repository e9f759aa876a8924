const LINK_NAME = /_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/;
const LINK_VALUE = /^(tcp|udp|sctp):\/\//;

/**
 * Kubernetes tells each pod of the services beside it: a service called `piaoyan-egress` appears as PIAOYAN_EGRESS_PORT=tcp://….
 * Such a variable is nobody's setting and nobody's typing error.
 */
export function isServiceLink(name: string, value: string): boolean {
  return LINK_NAME.test(name) || (name.endsWith('_PORT') && LINK_VALUE.test(value));
}
