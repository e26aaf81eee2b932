#!/usr/bin/env node
import { runProcess } from '../dist/app/process.js';

await runProcess();
