/** Before each test file: property tests draw from the seed of the run. */
import fc from 'fast-check';

import { testSeed } from '../support/seed';

fc.configureGlobal({ seed: testSeed });
