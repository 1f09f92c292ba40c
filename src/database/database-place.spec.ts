import { describe, expect, it } from '@jest/globals';
import { databasePlace } from './database-place.js';

describe('databasePlace', () => {
  it.each([
    ['postgres://ada:canary@db.example.com/people', 'db.example.com/people'],
    ['postgresql://db.example.com:5433/people?sslmode=require', 'db.example.com:5433/people'],
    ['postgres://ada:canary@[::1]:5433/people', '[::1]:5433/people'],
    ['postgres://ada:canary@%2Frun%2Fpostgresql/people', 'socket:/run/postgresql/people'],
    ['postgres:///people?host=/run/postgresql&user=canary', 'socket:/run/postgresql/people'],
    ['postgres://one.test/people?host=two.test&port=6000', 'two.test:6000/people'],
    ['postgres:///people?password=canary', '(default host)/people'],
  ])('%s', (url, place) => {
    expect(databasePlace(url)).toBe(place);
  });
});
