import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Config, CONFIG } from '../config/config.js';

/** Crawlers that follow a start cost a request token at X, and fill a provider's statistics. */
export const NOT_FOR_CRAWLERS = { 'X-Robots-Tag': 'noindex, nofollow' } as const;

/** Tells crawlers to keep out of the way to the providers (RFC 9309). Under a path, only the host's own file counts. */
@Controller()
@ApiExcludeController()
export class CrawlersController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get('robots.txt')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=86400')
  robots(): string {
    return `User-agent: *\nDisallow: ${this.config.publicUrl.prefix}/auth/\n`;
  }
}
