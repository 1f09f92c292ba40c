import { Controller, Get, SerializeOptions } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiProblem } from '../common/api-problem.js';
import { AppError } from '../common/errors.js';
import { Lifecycle } from '../common/lifecycle.js';
import { Database } from '../database/database.js';

const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

type Health = z.infer<typeof healthSchema>;

/** For whoever runs the service. */
@Controller('health')
@ApiTags('health')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly lifecycle: Lifecycle,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers; asks nothing else' })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'It does.' })
  @SerializeOptions({ schema: healthSchema })
  live(): Health {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether the service can do its work: the database answers' })
  @ApiOkResponse({ standardSchema: healthSchema, description: 'It can.' })
  @ApiProblem(503)
  @SerializeOptions({ schema: healthSchema })
  async ready(): Promise<Health> {
    if (this.lifecycle.isStopping) {
      throw new AppError('store_unavailable', { detail: 'The service is stopping.' });
    }
    await this.database.ping();
    return { status: 'ok' };
  }
}
