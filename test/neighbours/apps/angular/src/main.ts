import 'bg-fetch-elements/define';
import { bootstrapApplication } from '@angular/platform-browser';
import { FilmPage } from './film-page';

await bootstrapApplication(FilmPage);
