import 'bg-fetch-elements/define';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideServiceWorker } from '@angular/service-worker';
import { FilmPage } from './film-page';

await bootstrapApplication(FilmPage, { providers: [provideServiceWorker('worker.js')] });
