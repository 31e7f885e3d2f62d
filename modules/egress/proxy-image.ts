/**
 * Repository of the image of the proxy, and the name under which its release is written; built from proxy-image beside
 * this file.
 */
export const PROXY_IMAGE = 'egress-proxy';

/** User and group `proxy` of Debian, who own nothing in the image. */
export const PROXY_USER = '13:13';

/** The variable from which the program takes its settings. */
export const PROXY_CONFIG_VARIABLE = 'EGRESS_PROXY_CONFIG';

/** TCP port that it listens on in every task. */
export const PROXY_PORT = 3128;
