import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { queries } from './api/queries';
import { showTheme } from './parts/theme';
import { language } from './words/language';
import { locale } from './words/words';
import './styles.css';

const root = document.getElementById('page');
if (!root) throw new Error('index.html has no element for the page');
document.documentElement.lang = language;
showTheme();
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale={locale}>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);
