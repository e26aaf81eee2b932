import { nameLetopisInMessages } from '../../../src/app/operatorTerms.js';

// The terms are set for the whole process. Without this call, a message would depend on which test files ran before in
// the same worker.
nameLetopisInMessages();
