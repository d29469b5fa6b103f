import 'bg-fetch-elements/define';
import { provideZoneChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { FilmPage } from './film-page';

void bootstrapApplication(FilmPage, { providers: [provideZoneChangeDetection()] });
