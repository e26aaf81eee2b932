#!/usr/bin/env node
import { runProcess } from '../dist/app/process.js';

runProcess();
