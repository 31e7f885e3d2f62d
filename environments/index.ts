import { beta } from './beta';
import { dev } from './dev';
import { prod } from './prod';
import { qa } from './qa';

export { shared } from './shared';

/** Every environment by its name. A new one is a file and a word here. */
export const environments = { dev, qa, beta, prod };
