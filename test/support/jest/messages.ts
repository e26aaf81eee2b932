import { nameLetopisInMessages } from '../../../src/app/operatorTerms.js';

// The terms are kept for the whole process. Without this a message would depend on which test files ran before in the
// same worker.
nameLetopisInMessages();
