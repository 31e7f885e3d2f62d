import { silenceStackTraces } from '../../src/stacks/silence-stack-traces';

// tests synthesize thousands of times; without traces each is several times faster
silenceStackTraces();
