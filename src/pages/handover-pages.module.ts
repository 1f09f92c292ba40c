import { Module } from '@nestjs/common';
import { HandoverModule } from '../handover/handover.module.js';
import { UsersModule } from '../users/users.module.js';
import { HandoverController } from './handover.controller.js';
import { Look } from './look.js';

/** The page that asks before a sign-in is handed over. It is there whatever PAGES says: no front end can ask it. */
@Module({
  imports: [HandoverModule, UsersModule],
  controllers: [HandoverController],
  providers: [Look],
})
export class HandoverPagesModule {}
