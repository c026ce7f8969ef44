import Model
import Simulation

extension Scenario {
  static let all: [Scenario] = [
    Scenario("first run", isAtRest: false, on: { await Stage(.all) }) { _ in },
    Scenario("first run of a group", isAtRest: false, on: { await Stage(.groups(nested: true)) }) { _ in },
    Scenario("create", on: { await Stage(.units) }) { stage in
      await stage.create(.user, "new", in: stage["Sales"])
      await stage.write(.addMember(stage["new"], to: stage["Team"], lasting: nil))
    },
    Scenario("delete under the rule to delete", on: { await Stage(.all, leaving: .delete) }) { stage in
      await stage.write(.delete(stage["ann"]))
      await stage.write(.delete(stage["Inner"]))
    },
    Scenario("delete under the rule to disable", on: { await Stage(.groups(nested: true)) }) { stage in
      await stage.write(.delete(stage["ann"]))
    },
    Scenario("restore with the recycle bin", on: { await Stage(.all) }) { stage in
      await stage.write(.delete(stage["ann"]))
      await stage.simulation.rest()
      await stage.write(.restore(stage["ann"]))
    },
    Scenario("restore of a tombstone", on: { await Stage(.all, hasRecycleBin: false) }) { stage in
      await stage.write(.delete(stage["ann"]))
      await stage.simulation.rest()
      await stage.write(.restore(stage["ann"]))
    },
    Scenario("delete and restore unseen", on: { await Stage(.all, hasRecycleBin: false) }) { stage in
      await stage.write(.delete(stage["ann"]))
      await stage.write(.restore(stage["ann"]))
    },
    Scenario("attributes changed and cleared", on: { await Stage(.all) }) { stage in
      await stage.write(.set(stage["ann"], "title", "Head"))
      await stage.write(.set(stage["bob"], "title", nil))
    },
    Scenario("rename", on: { await Stage(.all) }) { stage in
      await stage.write(.rename(stage["ann"], "Ann B"))
      await stage.write(.rename(stage["Team"], "Crew"))
    },
    Scenario("unit renamed and moved", on: { await Stage(.units) }) { stage in
      await stage.write(.rename(stage["Sales"], "Vertrieb"))
      await stage.write(.move(stage["Sales"], to: stage["Finance"]))
    },
    Scenario("move out of and into scope", on: { await Stage(.units) }) { stage in
      await stage.write(.move(stage["ann"], to: stage["Finance"]))
      await stage.write(.move(stage["joe"], to: stage["Sales"]))
    },
    Scenario("leaving under the rule to keep", on: { await Stage(.units, leaving: .keep) }) { stage in
      await stage.write(.move(stage["ann"], to: stage["Finance"]))
    },
    Scenario("members added and removed", on: { await Stage(.all) }) { stage in
      await stage.write(.removeMember(stage["ann"], from: stage["Team"]))
      await stage.write(.addMember(stage["bob"], to: stage["Team"], lasting: nil))
      await stage.write(.addMember(stage["joe"], to: stage["Inner"], lasting: nil))
    },
    Scenario("nested group leaves a scope group", on: { await Stage(.groups(nested: true)) }) { stage in
      await stage.write(.removeMember(stage["Inner"], from: stage["Team"]))
    },
    Scenario("primary group", on: { await Stage(.all) }) { stage in
      await stage.write(.addMember(stage["bob"], to: stage["Team"], lasting: nil))
      await stage.write(.setPrimaryGroup(stage["bob"], stage["Team"]))
    },
    Scenario("membership with an end", on: { await Stage(.all) }) { stage in
      await stage.write(.addMember(stage["bob"], to: stage["Team"], lasting: .seconds(600)))
      await stage.simulation.rest()
      await stage.simulation.advance(by: .seconds(700))
    },
    Scenario("account disabled", on: { await Stage(.all) }) { stage in
      await stage.write(.set(stage["ann"], "userAccountControl", "514"))
    },
    Scenario("tree deleted", on: { await Stage(.all, leaving: .delete) }) { stage in
      await stage.write(.deleteTree(stage["Finance"]))
    },
    Scenario("failover", on: { await Stage(.all, controllers: 2) }) { stage in
      await stage.write(.set(stage["ann"], "title", "Head"), at: 1)
      await stage.forest.stop(0)
    },
    Scenario("scope group deleted", on: { await Stage(.groups(nested: true)) }) { stage in
      await stage.write(.delete(stage["Team"]))
    },
    Scenario("full read after a restore from backup", on: { await Stage(.all, controllers: 2) }) { stage in
      await stage.forest.takeSnapshot(of: 0)
      await stage.write(.set(stage["ann"], "title", "Head"), at: 1)
      await stage.forest.goBack(0, isRestore: true)
    },
  ]
}
